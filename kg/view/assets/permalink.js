// The view as the fragment of the page's address, so that a link leads back to it. Nodes and
// articles are written by their IRIs, which stay when the graph is built anew.

const key = (index) => graph.nodes[index].iri;
const list = (values) => values.map((value) => encodeURIComponent(value)).join(",");
function items(text) {
  try {
    return text ? text.split(",").map(decodeURIComponent) : [];
  } catch { // somebody has cut or mended the address by hand
    return [];
  }
}
const known = (iris) => iris.map((each) => indexOf.get(each)).filter((index) => index !== undefined);

const FACET_KEYS = {
  group: { write: (value) => graph.groups[value].name, read: (text) => graph.groups.findIndex((each) => each.name === text) },
  relation: { write: (value) => (value === FIGURE ? "figures" : graph.relations[value].name), read: (text) => (text === "figures" ? FIGURE : graph.relations.findIndex((each) => each.name === text)) },
  place: { write: key, read: (text) => indexOf.get(text) ?? -1 },
  article: { write: (value) => graph.articles[value].iri, read: (text) => graph.articles.findIndex((each) => each.iri === text) },
  year: { write: (value) => value, read: (text) => (/^\d{4}$/.test(text) ? text : -1) },
};

function writeState() {
  const parts = [];
  const put = (name, text) => { if (text !== "" && text !== null && text !== undefined) parts.push(`${name}=${text}`); };
  const { scope, selection, reading, filters } = state;
  if (state.view !== "network") put("view", state.view);
  if (scope.kind !== "overview") put("scope", list([scope.kind, ...(scope.node === undefined ? [] : [key(scope.node), scope.depth]), ...["from", "to"].filter((end) => scope[end] !== undefined).map((end) => key(scope[end]))]));
  put("open", [...state.expanded].map(([node, many]) => `${encodeURIComponent(key(node))},${many}`).join(","));
  put("pin", [...state.pinned].map(([node, { x, y }]) => `${encodeURIComponent(key(node))},${Math.round(x)},${Math.round(y)}`).join(","));
  FACETS.forEach((facet) => put(facet, list([...filters[facet]].map(FACET_KEYS[facet].write).sort())));
  if (filters.confidence) put("confidence", filters.confidence);
  if (selection && selection.node !== undefined) put("node", encodeURIComponent(key(selection.node)));
  if (selection && selection.line !== undefined) put("line", list([key(lines[selection.line].from), key(lines[selection.line].to)]));
  if (reading) put("read", list([graph.articles[reading.article].iri, ...(reading.begin === null ? [] : [reading.begin, reading.end])]));
  if (state.indicator !== null) put("indicator", state.indicator === ALL ? "*" : encodeURIComponent(graph.indicators[state.indicator]));
  put("axis", state.axis);
  if (state.language) put("lang", "en");
  put("theme", state.theme);
  const { x, y } = network.getViewPosition();
  put("at", [Math.round(x), Math.round(y), network.getScale().toFixed(3)].join(","));
  return `#${parts.join("&")}`;
}

/** Reads a fragment into the state; what it names and the graph does not have is passed over. */
function readState(fragment) {
  const given = new Map(fragment.replace(/^#/, "").split("&").map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)]));
  const [kind, ...ends] = items(given.get("scope"));
  const nodesGiven = known(ends).filter((index) => index < drawn);
  if (kind === "near" && nodesGiven.length) state.scope = { kind, node: nodesGiven[0], depth: Math.min(3, Math.max(1, Number(ends[1]) || 1)) };
  else if (kind === "paths") state.scope = { kind, from: nodesGiven[0], to: nodesGiven[1] };
  else state.scope = { kind: kind === "whole" ? kind : "overview" };
  const numbered = (name, width) => {
    const values = items(given.get(name));
    return values.flatMap((each, at) => (at % width === 0 && indexOf.get(each) < drawn ? [[indexOf.get(each), ...values.slice(at + 1, at + width).map(Number)]] : []))
      .filter((row) => row.slice(1).every(Number.isFinite));
  };
  state.expanded = new Map(numbered("open", 2));
  state.pinned = new Map(numbered("pin", 3).map(([node, x, y]) => [node, { x, y }]));
  FACETS.forEach((facet) => { state.filters[facet] = new Set(items(given.get(facet)).map(FACET_KEYS[facet].read).filter((value) => value !== -1)); });
  state.filters.confidence = Math.min(1, Math.max(0, Number(given.get("confidence")) || 0));
  const [chosen] = known(items(given.get("node")));
  const [from, to] = known(items(given.get("line")));
  const line = lines.find((each) => each.from === from && each.to === to);
  state.selection = chosen !== undefined ? { node: chosen } : line ? { line: line.id } : null;
  const [article, begin, end] = items(given.get("read"));
  const reading = graph.articles.findIndex((each) => each.iri === article);
  state.reading = reading < 0 ? null : { article: reading, begin: begin === undefined ? null : Number(begin), end: begin === undefined ? null : Number(end) };
  const indicator = graph.indicators.indexOf(items(given.get("indicator"))[0]);
  state.indicator = indicator >= 0 ? indicator : given.get("indicator") === "*" ? ALL : null;
  state.axis = ["place", "year"].includes(given.get("axis")) ? given.get("axis") : null;
  state.language = given.get("lang") === "en" ? 1 : 0;
  state.theme = ["light", "dark"].includes(given.get("theme")) ? given.get("theme") : null;
  state.view = ["figures", "articles"].includes(given.get("view")) ? given.get("view") : "network";
  const [x, y, scale] = items(given.get("at")).map(Number);
  return scale > 0 && Number.isFinite(x) && Number.isFinite(y) ? { position: { x, y }, scale } : null;
}

let writing = null;

/** Puts the state into the address, soon; a change of what is looked at is a step of its own in the history. */
function remember({ step = false } = {}) {
  if (!started) return;
  clearTimeout(writing);
  if (step) { history.pushState(null, "", writeState()); return; }
  writing = setTimeout(() => history.replaceState(null, "", writeState()), 150);
}
