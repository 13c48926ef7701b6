"use strict";
(() => {
  const graph = JSON.parse(document.getElementById("graph-data").textContent);
  const drawing = JSON.parse(document.getElementById("network-data").textContent);
  const KINDS = { actual: "实际", change: "变化", target: "目标", limit: "限额" };
  const BATCH = 12;

  const $ = (id) => document.getElementById(id);
  const panel = $("panel");

  /** An element; `children` are nodes or text, which is never read as markup. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "onclick") element.addEventListener("click", value);
      else if (name === "colour") element.style.background = value;
      else if (value !== undefined && value !== null) element.setAttribute(name, value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return element;
  }

  const facts = graph.facts.map(([subject, relation, object, claims]) => ({ subject, relation, object, claims }));
  const figures = graph.figures.map(([subject, indicator, value, unit, period, kind, claim]) => (
    { subject, indicator, value, unit, period, kind, claim }));
  const outgoing = graph.nodes.map(() => []);
  const incoming = graph.nodes.map(() => []);
  const measured = graph.nodes.map(() => []);
  facts.forEach((fact) => { outgoing[fact.subject].push(fact); incoming[fact.object].push(fact); });
  figures.forEach((figure) => measured[figure.subject].push(figure));
  const colourOf = (node) => graph.groups[graph.nodes[node].group].colour;

  /* ---------- picture ---------- */

  // Labels are drawn below, where they do not cover each other; vis-network would draw all or none.
  const nodes = new vis.DataSet(drawing.nodes.map((node) => ({ ...node, label: undefined })));
  const edges = new vis.DataSet(drawing.edges.map((edge) => ({ ...edge, label: undefined })));
  const network = new vis.Network($("network"), { nodes, edges }, drawing.options);
  const drawn = drawing.nodes.length;
  const hiddenGroups = new Set();
  let focusedArticle = null;
  let selection = null; // {node} or {edge}

  const near = drawing.nodes.map(() => new Set());
  const linesOf = drawing.nodes.map(() => []);
  drawing.edges.forEach((edge) => {
    near[edge.from].add(edge.to);
    near[edge.to].add(edge.from);
    linesOf[edge.from].push(edge);
    linesOf[edge.to].push(edge);
  });

  function theme() {
    const style = getComputedStyle(document.documentElement);
    const read = (name) => style.getPropertyValue(name).trim();
    return { ink: read("--ink"), soft: read("--soft"), canvas: read("--canvas"), paper: read("--paper"), accent: read("--accent") };
  }

  /** A line has the colour of its lesser end, so that what hangs on a hub is told apart. */
  function lineColour({ from, to }) {
    const colour = colourOf(graph.nodes[from].degree <= graph.nodes[to].degree ? from : to);
    return { color: colour, highlight: colour, hover: colour, inherit: false };
  }

  /** Colours and labels of all nodes and edges for what is selected, hidden and focused now. */
  function paint() {
    const { ink, soft, paper } = theme();
    const lit = litNodes();
    labels = null;
    const hidden = (index) => hiddenGroups.has(graph.nodes[index].group);
    nodes.update(drawing.nodes.map((node) => {
      const on = !lit || lit.has(node.id);
      const chosen = selection && selection.node === node.id;
      const fill = node.color;
      return {
        id: node.id,
        hidden: hidden(node.id),
        opacity: on ? 1 : 0.13,
        color: {
          background: fill, border: chosen ? ink : paper,
          highlight: { background: fill, border: ink }, hover: { background: fill, border: soft },
        },
      };
    }));
    edges.update(drawing.edges.map((edge) => {
      const touching = selection && (selection.edge === edge.id || edge.from === selection.node || edge.to === selection.node);
      const dim = lit && !touching && !(focusedArticle !== null && !selection && lit.has(edge.from) && lit.has(edge.to));
      return {
        id: edge.id,
        hidden: hidden(edge.from) || hidden(edge.to),
        width: selection && selection.edge === edge.id ? 3 : touching ? 1.6 : 1,
        color: { ...lineColour(edge), opacity: dim ? 0.05 : touching ? 0.85 : 0.45 },
      };
    }));
  }

  function litNodes() {
    if (selection && selection.node !== undefined) {
      return selection.node < drawn ? new Set([selection.node, ...near[selection.node]]) : null;
    }
    if (selection) {
      const edge = edges.get(selection.edge);
      return new Set([edge.from, edge.to]);
    }
    if (focusedArticle === null) return null;
    return new Set(drawing.nodes.filter((node) => graph.nodes[node.id].articles.includes(focusedArticle)).map((node) => node.id));
  }

  /* ---------- labels ---------- */

  let labels = null; // what is written, and for which scale
  const byDegree = drawing.nodes.map((node) => node.id).sort((a, b) => graph.nodes[b].degree - graph.nodes[a].degree || a - b);
  const pen = document.createElement("canvas").getContext("2d");
  const FAMILY = getComputedStyle(document.body).fontFamily;

  /** Boxes taken so far, in a grid so that each question is a short one. */
  function boxes(size) {
    const cells = new Map();
    const around = ([left, top, right, bottom], visit) => {
      for (let x = Math.floor(left / size); x <= Math.floor(right / size); x += 1) {
        for (let y = Math.floor(top / size); y <= Math.floor(bottom / size); y += 1) {
          if (visit(`${x},${y}`)) return true;
        }
      }
      return false;
    };
    return {
      free: (box) => !around(box, (cell) => (cells.get(cell) || []).some((other) => (
        box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]))),
      take: (box) => around(box, (cell) => { cells.set(cell, [...(cells.get(cell) || []), box]); return false; }),
    };
  }

  function nodeText(index) {
    const { degree } = graph.nodes[index];
    const chosen = selection && selection.node === index;
    if (chosen || degree >= 40) return { size: 17, weight: 600 };
    return degree >= 8 ? { size: 14, weight: 600 } : { size: 12, weight: 400 };
  }

  /** Where labels stand at `scale`, in canvas units: the chosen and the most connected come first. */
  function arrange(scale) {
    const lit = litNodes();
    const least = lit ? 0 : scale < 0.32 ? 8 : scale < 0.5 ? 4 : scale < 0.62 ? 2 : 0;
    const taken = boxes(120 / scale);
    const place = new Map(drawing.nodes.map((node) => [node.id, network.getPosition(node.id)]));
    const shown = byDegree.filter((index) => !hiddenGroups.has(graph.nodes[index].group) && (!lit || lit.has(index)));
    shown.filter((index) => selection || scale > 0.6 || graph.nodes[index].degree >= 8).forEach((index) => {
      const { x, y } = place.get(index);
      const radius = drawing.nodes[index].size * 0.8;
      taken.take([x - radius, y - radius, x + radius, y + radius]);
    });
    const chosen = selection && selection.node < drawn ? [selection.node] : [];
    const written = [];
    [...chosen, ...shown.filter((index) => index !== chosen[0])].forEach((index) => {
      if (graph.nodes[index].degree < least) return;
      const { size, weight } = nodeText(index);
      const lines = drawing.nodes[index].label.split("\n");
      const font = `${weight} ${size / scale}px ${FAMILY}`;
      pen.font = font;
      const width = Math.max(...lines.map((line) => pen.measureText(line).width));
      const height = (lines.length * size * 1.18) / scale;
      const { x, y } = place.get(index);
      const reach = drawing.nodes[index].size + 3 / scale;
      const candidates = [
        [x - width / 2, y + reach], [x - width / 2, y - reach - height],
        [x + reach, y - height / 2], [x - reach - width, y - height / 2],
      ];
      const pad = 2 / scale;
      const at = candidates.find(([left, top]) => taken.free([left - pad, top, left + width + pad, top + height]));
      if (!at && !chosen.includes(index)) return;
      const [left, top] = at || candidates[0];
      taken.take([left - pad, top, left + width + pad, top + height]);
      written.push({ lines, font, x: left + width / 2, y: top, step: (size * 1.18) / scale, width, colour: "ink" });
    });
    const few = selection && (selection.node === undefined || (linesOf[selection.node] || []).length <= 40);
    if (few || scale > 1.2) written.push(...arrangeLines(scale, taken, place));
    return written;
  }

  /** Names of relations at the middle of their lines, where there is room. */
  function arrangeLines(scale, taken, place) {
    const written = [];
    const size = 11.5 / scale;
    pen.font = `400 ${size}px ${FAMILY}`;
    drawing.edges.forEach((edge) => {
      if (selection && selection.edge !== edge.id && edge.from !== selection.node && edge.to !== selection.node) return;
      if (hiddenGroups.has(graph.nodes[edge.from].group) || hiddenGroups.has(graph.nodes[edge.to].group)) return;
      const [from, to] = [place.get(edge.from), place.get(edge.to)];
      const width = pen.measureText(edge.label).width;
      for (const part of [0.5, 0.62, 0.38]) {
        const x = from.x + (to.x - from.x) * part;
        const y = from.y + (to.y - from.y) * part - size / 2;
        const box = [x - width / 2, y, x + width / 2, y + size * 1.1];
        if (taken.free(box)) {
          taken.take(box);
          written.push({ lines: [edge.label], font: pen.font, x, y, step: size, width, colour: selection ? "accent" : "soft" });
          return;
        }
      }
    });
    return written;
  }

  network.on("afterDrawing", (context) => {
    const scale = network.getScale();
    if (!labels || labels.scale !== scale) labels = { scale, written: arrange(scale) };
    const colours = theme();
    const { clientWidth, clientHeight } = $("network");
    const from = network.DOMtoCanvas({ x: 0, y: 0 });
    const to = network.DOMtoCanvas({ x: clientWidth, y: clientHeight });
    context.save();
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    context.lineWidth = 3.5 / scale;
    context.strokeStyle = colours.canvas;
    labels.written.forEach(({ lines, font, x, y, step, width, colour }) => {
      if (x + width < from.x || x - width > to.x || y + 3 * step < from.y || y > to.y) return;
      context.font = font;
      context.fillStyle = colours[colour];
      lines.forEach((line, row) => {
        context.strokeText(line, x, y + row * step);
        context.fillText(line, x, y + row * step);
      });
    });
    context.restore();
  });
  network.on("dragEnd", () => { labels = null; });

  function fit(ids, most) {
    network.fit({ nodes: ids, maxZoomLevel: most, animation: { duration: 450, easingFunction: "easeInOutQuad" } });
  }

  /** Shows node `index`: in the picture, with what it is linked to, and in the panel. */
  function goTo(index, { move = true } = {}) {
    selection = { node: index };
    if (hiddenGroups.delete(graph.nodes[index].group)) drawLegend();
    network.unselectAll();
    if (index < drawn) {
      if (move) fit([index, ...[...near[index]].filter((other) => !hiddenGroups.has(graph.nodes[other].group))], 1.15);
    }
    paint();
    showNode(index);
  }

  function goToEdge(id) {
    selection = { edge: id };
    paint();
    showEdge(edges.get(id));
  }

  function clear() {
    selection = null;
    network.unselectAll();
    paint();
    showOverview();
  }

  /* ---------- panel ---------- */

  const dot = (colour) => make("span", { class: "dot", colour });
  const english = (text) => make("span", { lang: "en" }, text);

  function link(index) {
    const node = graph.nodes[index];
    return make("button", { type: "button", class: "link", "data-node": index, onclick: () => goTo(index) },
      dot(colourOf(index)), make("span", { class: "name" }, node.label), make("span", { class: "kind" }, node.kind));
  }

  /** `text` with every name of `indices`, and every word of `words`, marked. */
  function marked(text, indices, words = []) {
    const names = [...words, ...indices.flatMap((index) => [graph.nodes[index].label, ...graph.nodes[index].aliases])]
      .filter((name) => name).sort((a, b) => b.length - a.length);
    const parts = [];
    let plain = "";
    for (let at = 0; at < text.length;) {
      const name = names.find((each) => text.startsWith(each, at));
      if (name) {
        parts.push(plain, make("mark", {}, name));
        plain = "";
        at += name.length;
      } else {
        plain += text[at];
        at += 1;
      }
    }
    return [...parts, plain];
  }

  function evidence(claim, indices, words = []) {
    const found = [];
    (claim.qualifiers || []).forEach(([name, value]) => found.push(make("div", { class: "qualifier" }, `${name}：${value}`)));
    const quote = graph.quotes[claim.quote];
    if (quote) {
      found.push(make("blockquote", {}, marked(quote.text, indices, [...words, ...(claim.qualifiers || []).map(([, value]) => value)])));
    }
    const cite = make("span", { class: "cite" });
    if (quote) {
      const article = graph.articles[quote.article];
      if (article) cite.append(`《${article.title}》`, article.issued ? ` ${article.issued} · ` : " ");
      cite.append(`第 ${quote.begin}–${quote.end} 字`, make("br"));
    }
    if (claim.confidence !== null && claim.confidence !== undefined) {
      const bar = make("i");
      bar.style.width = `${Math.round(claim.confidence * 100)}%`;
      cite.append(make("span", { class: "sure" }, bar), `置信度 ${claim.confidence.toFixed(2)}`);
    }
    if (claim.rule) cite.append(" · 规则 ", make("code", {}, claim.rule));
    if (cite.childNodes.length) found.push(cite);
    return found;
  }

  function statement(fact, other) {
    const ends = [fact.subject, fact.object];
    const said = fact.claims.length ? fact.claims.map((claim) => evidence(claim, ends))
      : [make("span", { class: "cite" }, "背景知识，非出自文章 ", english("background knowledge"))];
    return make("div", { class: "fact" }, link(other), said.flat());
  }

  /** `items` shown a batch at a time. */
  function batches(items, show) {
    const list = make("div", {});
    let shown = 0;
    const more = make("button", { type: "button", class: "more", onclick: () => add(4 * BATCH) });
    function add(count) {
      items.slice(shown, shown + count).forEach((item) => list.append(show(item)));
      shown = Math.min(shown + count, items.length);
      more.hidden = shown === items.length;
      more.textContent = `再显示 ${Math.min(4 * BATCH, items.length - shown)} 条（还有 ${items.length - shown} 条）`;
    }
    add(BATCH);
    return [list, more];
  }

  function relationGroups(list, otherEnd, caption, translation, arrow) {
    if (!list.length) return null;
    const section = make("section", {}, make("h3", {}, caption, english(translation), make("span", { class: "n" }, `${list.length}`)));
    const byRelation = new Map();
    list.forEach((fact) => byRelation.set(fact.relation, [...(byRelation.get(fact.relation) || []), fact]));
    [...byRelation].sort(([a], [b]) => a - b).forEach(([relation, members]) => {
      const { label, english: translated } = graph.relations[relation];
      members.sort((a, b) => graph.nodes[otherEnd(b)].degree - graph.nodes[otherEnd(a)].degree || otherEnd(a) - otherEnd(b));
      section.append(
        make("h4", {}, `${arrow} ${label}`, english(translated), make("span", { class: "n" }, `${members.length}`)),
        ...batches(members, (fact) => statement(fact, otherEnd(fact))));
    });
    return section;
  }

  function figureTable(list) {
    if (!list.length) return null;
    const body = make("tbody");
    const table = make("table", {}, make("thead", {}, make("tr", {}, make("th", {}, "指标"), make("th", {}, "时间"),
      make("th", { class: "value" }, "数值"), make("th", { class: "kind" }, ""))), body);
    list.forEach((figure) => {
      const row = make("tr", { class: "figure", tabindex: 0, "aria-expanded": "false", title: "显示原文" },
        make("td", {}, figure.indicator), make("td", { class: "period" }, figure.period || "—"),
        make("td", { class: "value" }, figure.value, make("small", {}, ` ${figure.unit}`)),
        make("td", { class: "kind" }, make("span", { class: "tag" }, KINDS[figure.kind] || figure.kind)));
      const detail = make("tr", { class: "evidence", hidden: "" },
        make("td", { colspan: 4 }, evidence(figure.claim, [figure.subject], [`${figure.value}${figure.unit}`, figure.indicator])));
      const toggle = () => {
        detail.hidden = !detail.hidden;
        row.setAttribute("aria-expanded", String(!detail.hidden));
      };
      row.addEventListener("click", toggle);
      row.addEventListener("keydown", (event) => { if (event.key === "Enter") toggle(); });
      body.append(row, detail);
    });
    return make("section", { class: "figures" },
      make("h3", {}, "数据", english("Figures"), make("span", { class: "n" }, `${list.length}`)), table);
  }

  function show(...content) {
    panel.replaceChildren(...content.flat().filter(Boolean));
    panel.scrollTop = 0;
  }

  const back = () => make("button", { type: "button", class: "back", onclick: clear }, "返回总览");

  function showNode(index) {
    const node = graph.nodes[index];
    show(
      back(),
      make("p", { class: "class" }, dot(colourOf(index)), node.kind, english(node.english)),
      make("h2", {}, node.label),
      node.aliases.length ? make("p", { class: "aliases" }, `又称 ${node.aliases.join("、")}`) : null,
      node.articles.length ? make("p", { class: "sources" }, `见于 ${node.articles.map((each) => `《${graph.articles[each].title}》`).join("")}`) : null,
      relationGroups(outgoing[index], (fact) => fact.object, "事实", "Facts", "→"),
      figureTable(measured[index]),
      relationGroups(incoming[index], (fact) => fact.subject, "被引用的事实", "Incoming facts", "←"),
      outgoing[index].length + incoming[index].length + measured[index].length ? null
        : make("p", { class: "lead" }, "文章提及此名，未读出与其他实体的关系。"),
      make("code", { class: "iri" }, node.iri),
    );
  }

  function showEdge(edge) {
    show(back(), make("p", { class: "class" }, "关系", english("Fact")), edge.facts.map((index) => {
      const fact = facts[index];
      const { label, english: translated } = graph.relations[fact.relation];
      return make("section", {},
        make("div", { class: "claim" }, link(fact.subject), make("span", { class: "via" }, `↓ ${label} `, english(translated)), link(fact.object)),
        fact.claims.length ? fact.claims.map((claim) => make("div", { class: "fact" }, evidence(claim, [fact.subject, fact.object])))
          : make("span", { class: "cite" }, "背景知识，非出自文章"));
    }));
  }

  function showOverview() {
    const ranked = drawing.nodes.map((node) => node.id).filter((index) => graph.nodes[index].degree)
      .sort((a, b) => graph.nodes[b].degree - graph.nodes[a].degree || a - b).slice(0, 15);
    show(
      make("p", { class: "class" }, "总览", english("Overview")),
      make("p", { class: "lead" }, "点击圆点看实体及其事实，点击连线看出处；放大后显示更多名称。"),
      ranked.length ? make("section", {}, make("h3", {}, "关系最多的实体", english("Most connected")),
        make("ul", { class: "ranking" }, ranked.map((index) => make("li", {}, link(index),
          make("span", { class: "n" }, `${graph.nodes[index].degree}`))))) : null,
    );
  }

  /* ---------- legend, articles, search ---------- */

  function drawLegend() {
    const counts = graph.groups.map(() => 0);
    drawing.nodes.forEach((node) => { counts[graph.nodes[node.id].group] += 1; });
    $("legend").replaceChildren(...graph.groups.map((group, index) => make("li", {}, make("button", {
      type: "button", "data-group": index, "aria-pressed": String(!hiddenGroups.has(index)),
      title: "点击隐藏或显示；双击只看此类",
      onclick: (event) => {
        if (event.detail === 2) graph.groups.forEach((_, each) => (each === index ? hiddenGroups.delete(each) : hiddenGroups.add(each)));
        else if (!hiddenGroups.delete(index)) hiddenGroups.add(index);
        drawLegend();
        paint();
      },
    }, dot(group.colour), group.label, english(group.english), make("span", { class: "n" }, `${counts[index]}`)))));
  }

  function drawArticles() {
    $("articles").replaceChildren(...graph.articles.map((article, index) => {
      const members = drawing.nodes.filter((node) => graph.nodes[node.id].articles.includes(index)).map((node) => node.id);
      return make("li", {}, make("button", {
        type: "button", "aria-pressed": String(focusedArticle === index), title: article.file,
        onclick: () => {
          focusedArticle = focusedArticle === index ? null : index;
          selection = null;
          drawArticles();
          clear();
          fit(focusedArticle === null ? undefined : members, 1);
        },
      }, make("span", {}, article.title), make("span", { class: "n" }, `${members.length}`)));
    }));
  }

  const folded = graph.nodes.map((node) => [node.label, ...node.aliases].map((name) => name.toLowerCase()));

  /** Nodes whose names hold `text`: whole names before beginnings before the rest, then by links. */
  function search(text) {
    const wanted = text.trim().toLowerCase();
    if (!wanted) return [];
    const hits = [];
    folded.forEach((names, index) => {
      let best = Infinity;
      let which = 0;
      names.forEach((name, rank) => {
        const at = name.indexOf(wanted);
        if (at < 0) return;
        const score = (name === wanted ? 0 : at === 0 ? 1 : 2);
        if (score < best) { best = score; which = rank; }
      });
      if (best < Infinity) hits.push({ index, best, which });
    });
    hits.sort((a, b) => a.best - b.best || graph.nodes[b.index].degree - graph.nodes[a.index].degree || a.index - b.index);
    return hits.slice(0, 12);
  }

  const input = $("search");
  const suggestions = $("suggestions");
  let hits = [];
  let active = 0;

  function suggest() {
    hits = search(input.value);
    active = 0;
    suggestions.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!suggestions.hidden));
    suggestions.replaceChildren(...(hits.length ? hits.map(({ index, which }, rank) => {
      const node = graph.nodes[index];
      const item = make("li", { role: "option", id: `suggestion-${rank}`, "aria-selected": String(rank === 0), "data-node": index },
        dot(colourOf(index)), make("span", {}, node.label),
        which ? make("span", { class: "alias" }, node.aliases[which - 1]) : null, make("span", { class: "kind" }, node.kind));
      item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(rank); });
      return item;
    }) : [make("li", { class: "none" }, "没有这个名称")]));
  }

  function choose(rank) {
    if (!hits[rank]) return;
    const { index } = hits[rank];
    input.value = graph.nodes[index].label;
    close();
    input.blur();
    goTo(index);
  }

  function close() {
    suggestions.hidden = true;
    input.setAttribute("aria-expanded", "false");
  }

  function move(step) {
    if (!hits.length) return;
    active = (active + step + hits.length) % hits.length;
    [...suggestions.children].forEach((item, rank) => item.setAttribute("aria-selected", String(rank === active)));
    suggestions.children[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", `suggestion-${active}`);
  }

  input.addEventListener("input", suggest);
  input.addEventListener("focus", () => { input.select(); if (input.value) suggest(); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") { move(1); event.preventDefault(); }
    else if (event.key === "ArrowUp") { move(-1); event.preventDefault(); }
    else if (event.key === "Enter") { if (suggestions.hidden) suggest(); choose(active); }
    else if (event.key === "Escape") { input.value = ""; close(); input.blur(); event.stopPropagation(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== input) { input.focus(); event.preventDefault(); }
    else if (event.key === "Escape") clear();
  });

  /* ---------- pointer ---------- */

  const hint = $("hint");
  function showHint(at, ...content) {
    hint.replaceChildren(...content);
    hint.hidden = false;
    const { clientWidth, clientHeight } = $("network");
    hint.style.left = `${Math.min(at.x + 14, clientWidth - hint.offsetWidth - 8)}px`;
    hint.style.top = `${Math.min(at.y + 14, clientHeight - hint.offsetHeight - 8)}px`;
  }
  network.on("hoverNode", ({ node, pointer }) => {
    showHint(pointer.DOM, make("b", {}, graph.nodes[node].label), make("span", { class: "kind" }, graph.nodes[node].kind));
  });
  network.on("hoverEdge", ({ edge, pointer }) => {
    const content = edges.get(edge).facts.map((index) => {
      const { subject, relation, object } = facts[index];
      return make("div", {}, make("b", {}, graph.nodes[subject].label),
        make("span", { class: "via" }, `— ${graph.relations[relation].label} →`), make("b", {}, graph.nodes[object].label));
    });
    showHint(pointer.DOM, ...content);
  });
  ["blurNode", "blurEdge", "dragStart", "zoom"].forEach((name) => network.on(name, () => { hint.hidden = true; }));
  network.on("click", (event) => {
    hint.hidden = true;
    if (event.nodes.length) goTo(event.nodes[0], { move: false });
    else if (event.edges.length) goToEdge(event.edges[0]);
    else if (selection) clear();
  });
  network.on("doubleClick", (event) => { if (event.nodes.length) goTo(event.nodes[0]); });

  const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: { duration: 200, easingFunction: "easeInOutQuad" } });
  $("zoom-in").addEventListener("click", () => zoom(1.5));
  $("zoom-out").addEventListener("click", () => zoom(1 / 1.5));
  $("zoom-fit").addEventListener("click", () => fit(undefined, 1));
  $("all-classes").addEventListener("click", () => { hiddenGroups.clear(); drawLegend(); paint(); });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);

  // The rows of nodes without neighbours have a heading.
  const lone = drawing.nodes.filter((node) => !near[node.id].size);
  const corner = { x: Math.min(...lone.map((node) => node.x)), y: Math.min(...lone.map((node) => node.y)) };
  network.on("beforeDrawing", (context) => {
    if (!lone.length || lone.length === drawn) return;
    context.font = `${Math.min(40, Math.max(14, 12 / network.getScale()))}px sans-serif`;
    context.fillStyle = theme().soft;
    context.fillText("文中提及、未连关系的实体", corner.x - 10, corner.y - 30);
  });

  drawLegend();
  drawArticles();
  paint();
  showOverview();
  network.fit({ maxZoomLevel: 1 });

  // For tests and for the curious: the picture, and the way to a node by its IRI.
  window.citykg = {
    network, nodes, edges,
    show: (iri) => { const index = graph.nodes.findIndex((node) => node.iri === iri); if (index >= 0) goTo(index); return index; },
  };
})();
