// The panel on the right: a node or a line with its facts, the words they were read from, and figures.

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

const moreText = (left) => `再显示 ${Math.min(4 * BATCH, left)} 条（还有 ${left} 条）`;

/** `items` shown a batch at a time. */
function batches(items, show) {
  const list = make("div", {});
  let shown = 0;
  const more = make("button", { type: "button", class: "more", onclick: () => add(4 * BATCH) });
  function add(count) {
    items.slice(shown, shown + count).forEach((item) => list.append(show(item)));
    shown = Math.min(shown + count, items.length);
    more.hidden = shown === items.length;
    more.textContent = moreText(items.length - shown);
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
  const more = make("button", { type: "button", class: "more", onclick: () => add(4 * BATCH) });
  let shown = 0;

  function row(figure) {
    const line = make("tr", { class: "figure", tabindex: 0, "aria-expanded": "false", title: "显示原文" },
      make("td", {}, figure.indicator), make("td", { class: "period" }, figure.period || "—"),
      make("td", { class: "value" }, figure.value, make("small", {}, ` ${figure.unit}`)),
      make("td", { class: "kind" }, make("span", { class: "tag" }, KINDS[figure.kind] || figure.kind)));
    const detail = make("tr", { class: "evidence", hidden: "" },
      make("td", { colspan: 4 }, evidence(figure.claim, [figure.subject], [`${figure.value}${figure.unit}`, figure.indicator])));
    const toggle = () => {
      detail.hidden = !detail.hidden;
      line.setAttribute("aria-expanded", String(!detail.hidden));
    };
    line.addEventListener("click", toggle);
    line.addEventListener("keydown", (event) => { if (event.key === "Enter") toggle(); });
    return [line, detail];
  }

  function add(count) {
    list.slice(shown, shown + count).forEach((figure) => body.append(...row(figure)));
    shown = Math.min(shown + count, list.length);
    more.hidden = shown === list.length;
    more.textContent = moreText(list.length - shown);
  }

  add(BATCH);

  return make("section", { class: "figures" },
    make("h3", {}, "数据", english("Figures"), make("span", { class: "n" }, `${list.length}`)), table, more);
}

function show(...content) {
  panel.replaceChildren(...content.flat().filter(Boolean));
  panel.scrollTop = 0;
}

const back = () => make("button", { type: "button", class: "back", onclick: clear }, "返回总览");

/** Buttons that lead to the sections of the panel. */
function contents(sections) {
  const present = sections.filter(([, , section]) => section);
  if (present.length < 2) return null;
  return make("div", { class: "contents" }, present.map(([name, count, section]) => make("button",
    { type: "button", onclick: () => section.scrollIntoView({ block: "start" }) },
    name, make("span", { class: "n" }, `${count}`))));
}

function showNode(index) {
  const node = graph.nodes[index];
  const own = relationGroups(outgoing[index], (fact) => fact.object, "事实", "Facts", "→");
  const numbers = figureTable(measured[index]);
  const received = relationGroups(incoming[index], (fact) => fact.subject, "被引用的事实", "Incoming facts", "←");
  show(
    back(),
    make("p", { class: "class" }, dot(colourOf(index)), node.kind, english(node.english)),
    make("h2", {}, node.label),
    node.aliases.length ? make("p", { class: "aliases" }, `又称 ${node.aliases.join("、")}`) : null,
    node.articles.length ? make("p", { class: "sources" }, `见于 ${node.articles.map((each) => `《${graph.articles[each].title}》`).join("")}`) : null,
    contents([["事实", outgoing[index].length, own], ["数据", measured[index].length, numbers], ["被引用", incoming[index].length, received]]),
    own, numbers, received,
    own || numbers || received ? null : make("p", { class: "lead" }, "文章提及此名，未读出与其他实体的关系。"),
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
  const among = (node) => node.degree && (focusedArticle === null || node.articles.includes(focusedArticle));
  const ranked = drawing.nodes.map((node) => node.id).filter((index) => among(graph.nodes[index]))
    .sort((a, b) => graph.nodes[b].degree - graph.nodes[a].degree || a - b).slice(0, 15);
  show(
    make("p", { class: "class" }, "总览", english("Overview")),
    make("p", { class: "lead" }, "点击圆点看实体及其事实，点击连线看出处；放大后显示更多名称。"),
    ranked.length ? make("section", {}, make("h3", {}, focusedArticle === null ? "关系最多的实体" : "此文中关系最多的实体", english("Most connected")),
      make("ul", { class: "ranking" }, ranked.map((index) => make("li", {}, link(index),
        make("span", { class: "n" }, `${graph.nodes[index].degree}`))))) : null,
  );
}
