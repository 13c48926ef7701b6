// Search by any name: whole names before beginnings before the rest, then the most central.

const folded = graph.nodes.map((node) => [node.label, ...node.aliases].map((name) => name.toLowerCase()));

/** Nodes whose names hold `text`: {index, which}, `which` being the name that did. */
function searchNames(text) {
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
  hits.sort((a, b) => a.best - b.best || rankOf(a.index) - rankOf(b.index));
  return hits.slice(0, 12);
}

const input = $("search");
const suggestions = $("suggestions");
let hits = [];
let active = 0;

function suggest() {
  hits = searchNames(input.value);
  active = 0;
  suggestions.hidden = !input.value.trim();
  input.setAttribute("aria-expanded", String(!suggestions.hidden));
  input.setAttribute("aria-activedescendant", hits.length ? "suggestion-0" : "");
  suggestions.replaceChildren(...(hits.length ? hits.map(({ index, which }, rank) => {
    const node = graph.nodes[index];
    const item = make("li", { role: "option", id: `suggestion-${rank}`, "aria-selected": String(rank === 0), "data-node": index },
      dot(colourOf(index)), make("span", {}, node.label),
      which ? make("span", { class: "alias" }, node.aliases[which - 1]) : null, make("span", { class: "kind" }, named(graph.kinds[node.kind])));
    item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(rank); });
    return item;
  }) : [make("li", { class: "none" }, t("no_name"))]));
}

function choose(rank) {
  if (!hits[rank]) return;
  const { index } = hits[rank];
  input.value = graph.nodes[index].label;
  closeSuggestions();
  input.blur();
  if (index >= drawn || !takePathEnd(index)) goTo(index);
}

function closeSuggestions() {
  suggestions.hidden = true;
  input.setAttribute("aria-expanded", "false");
}

function moveSuggestion(step) {
  if (!hits.length) return;
  active = (active + step + hits.length) % hits.length;
  [...suggestions.children].forEach((item, rank) => item.setAttribute("aria-selected", String(rank === active)));
  suggestions.children[active].scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", `suggestion-${active}`);
}

input.addEventListener("input", suggest);
input.addEventListener("focus", () => { input.select(); if (input.value) suggest(); });
input.addEventListener("blur", closeSuggestions);
input.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "ArrowDown") { moveSuggestion(1); event.preventDefault(); }
  else if (event.key === "ArrowUp") { moveSuggestion(-1); event.preventDefault(); }
  else if (event.key === "Enter") { if (suggestions.hidden) suggest(); choose(active); }
  else if (event.key === "Escape") { input.value = ""; closeSuggestions(); input.blur(); event.stopPropagation(); }
});
