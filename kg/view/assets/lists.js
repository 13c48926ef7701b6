// The lists on the left: filters with their counts, the first of them the legend, and what is shown.

const FEW = 8;
const unrolled = new Set(["group", "relation"]); // facets whose values are in sight
const longer = new Set(); // facets of which all values are

function toggleFilter(facet, value) {
  const chosen = state.filters[facet];
  if (!chosen.delete(value)) chosen.add(value);
  refresh({ fit: !isWhole() });
  if (!state.selection) showOverview();
}

function facetValue(facet, value, many) {
  return make("li", {}, make("button", {
    type: "button", "data-facet": facet, "data-value": value, "aria-pressed": String(state.filters[facet].has(value)), title: FACET_NAMES[facet](value), onclick: () => toggleFilter(facet, value),
  }, facet === "group" ? dot(theme().groups[value]) : null, make("span", { class: "label" }, FACET_NAMES[facet](value)), number(many)));
}

function facetSection(facet, key) {
  const values = facetValues(facet);
  const most = facet === "group" || facet === "relation" || longer.has(facet) ? values.length : FEW;
  const visible = values.filter(([value], at) => at < most || state.filters[facet].has(value));
  const chosen = state.filters[facet].size;
  const details = make("details", { "data-facet": facet, class: chosen ? "chosen" : "" },
    make("summary", {}, t(key), chosen ? make("span", { class: "n" }, `${chosen}`) : null),
    make("ul", { class: "values", id: facet === "group" ? "legend" : null }, visible.map(([value, many]) => facetValue(facet, value, many))),
    visible.length < values.length ? make("button", { type: "button", class: "more", onclick: () => { longer.add(facet); drawFacets(); } }, t("more_values", { n: values.length - visible.length })) : null);
  details.open = unrolled.has(facet) || chosen > 0;
  details.addEventListener("toggle", () => { if (details.open) unrolled.add(facet); else unrolled.delete(facet); });
  return details;
}

function confidenceSection() {
  const { confidence } = state.filters;
  const value = make("output", {}, confidence.toFixed(2));
  const slider = make("input", { type: "range", id: "confidence", min: 0, max: 1, step: 0.05, value: confidence, "aria-label": t("confidence"), oninput: () => { value.textContent = Number(slider.value).toFixed(2); } });
  slider.addEventListener("change", () => { state.filters.confidence = Number(slider.value); refresh({ fit: !isWhole() }); if (!state.selection) showOverview(); $("confidence").focus(); });
  return make("label", { class: "confidence" }, t("confidence"), value, slider);
}

/** What is shown, for those who read rather than look. */
function shownList() {
  const list = make("details", { "data-facet": "shown" }, make("summary", {}, t("shown_list"), number(shown.length)));
  const fillIn = () => { if (list.open && !list.querySelector("ul")) list.append(...batches(shown, (index) => make("li", {}, link(index)), make("ul", { id: "shown" }))); };
  list.open = unrolled.has("shown");
  fillIn();
  list.addEventListener("toggle", () => { if (list.open) unrolled.add("shown"); else unrolled.delete("shown"); fillIn(); });
  return list;
}

function drawFacets() {
  const holder = $("facets");
  const focused = document.activeElement && holder.contains(document.activeElement) ? document.activeElement : null;
  const same = focused && focused.dataset.facet && focused.dataset.value !== undefined ? `button[data-facet="${focused.dataset.facet}"][data-value="${CSS.escape(focused.dataset.value)}"]` : null;
  const top = holder.scrollTop;
  holder.replaceChildren(
    make("div", { class: "filter-head" }, make("h2", {}, t("filters")), isFiltered() ? make("button", { type: "button", id: "clear-filters", class: "quiet", onclick: () => {
      clearFilters();
      refresh({ fit: true });
      if (!state.selection) showOverview();
    } }, t("clear_filters")) : null),
    facetSection("group", "class"), facetSection("relation", "relation"), facetSection("place", "place"),
    facetSection("article", "article"), facetSection("year", "year"), confidenceSection(), shownList(),
  );
  holder.scrollTop = top;
  if (same && holder.querySelector(same)) holder.querySelector(same).focus();
}

function drawArticles() {
  const reading = state.reading ? state.reading.article : undefined;
  $("articles").replaceChildren(make("section", {}, make("h2", {}, t("articles")), make("ul", { class: "values" }, graph.articles.map((article, index) => make("li", {},
    make("button", { type: "button", "data-article": index, "aria-pressed": String(reading === index), title: article.file, onclick: () => openReader(index, null) },
      make("span", {}, article.title), number(readIn[index])))))));
}

/** Which scope is chosen, and how much of all it shows. */
function drawScopes() {
  document.querySelectorAll("[data-scope]").forEach((button) => button.setAttribute("aria-pressed", String(state.scope.kind === button.dataset.scope)));
  const { kind, node, depth, from, to } = state.scope;
  const label = (index) => graph.nodes[index].label;
  const parts = [];
  if (kind === "near") parts.push(t("near_of", { name: label(node), n: depth }));
  if (kind === "paths" && from !== undefined && to !== undefined) parts.push(t("paths_of", { from: label(from), to: label(to) }));
  if (!shown.length && isFiltered()) parts.push(t("nothing_passes"));
  else if (isFiltered()) parts.push(t("shows_filtered", { n: count(shown.length), total: count(passing) }));
  else parts.push(t("shows", { n: count(shown.length), total: count(graph.counts.nodes) }));
  if (isWhole() && graph.counts.drawn < graph.counts.nodes) parts.push(t("beyond", { n: count(graph.counts.drawn), total: count(graph.counts.nodes) }));
  $("notice").textContent = parts.join(" · ");
}
