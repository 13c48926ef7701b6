// The lists on the left: classes, articles, and search by name.

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
  }, dot(shade(group.colour)), group.label, english(group.english), make("span", { class: "n" }, `${counts[index]}`)))));
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
        fit(focusedArticle === null ? undefined : members.filter((member) => near[member].size), 1);
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
