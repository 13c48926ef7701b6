// Paths between two chosen things: chosen in the panel, shown in the picture, told step by step.

let pathEnd = null; // which end the next name searched for, or node clicked, will be

function startPath(from) {
  setScope({ kind: "paths", from });
  state.selection = null;
  pathEnd = "to";
  showPaths();
  remember();
}

/** Takes `index` as an end of the path, if one is being chosen; whether it was taken. */
function takePathEnd(index) {
  if (pathEnd === null || state.scope.kind !== "paths") return false;
  const scope = { ...state.scope, [pathEnd]: index };
  pathEnd = scope.from === undefined ? "from" : scope.to === undefined ? "to" : null;
  state.selection = null;
  setScope(scope);
  showPaths();
  return true;
}

function endField(which) {
  const index = state.scope[which];
  const key = which === "from" ? "path_hint" : "path_to";
  const field = make("input", { type: "text", class: "end", "data-end": which, placeholder: t(key), "aria-label": t(key), autocomplete: "off", value: index === undefined ? "" : graph.nodes[index].label });
  const list = make("ul", { class: "choices", hidden: "" });
  const take = (hit) => { pathEnd = which; takePathEnd(hit.index); };
  field.addEventListener("focus", () => { pathEnd = which; field.select(); });
  field.addEventListener("input", () => {
    const found = searchNames(field.value).filter((hit) => hit.index < drawn).slice(0, 7);
    list.hidden = !found.length;
    list.replaceChildren(...found.map((hit) => make("li", {}, make("button", { type: "button", onmousedown: (event) => { event.preventDefault(); take(hit); }, onclick: () => take(hit) },
      dot(colourOf(hit.index)), graph.nodes[hit.index].label, make("span", { class: "kind" }, named(graph.kinds[graph.nodes[hit.index].kind]))))));
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    const [hit] = searchNames(field.value).filter((each) => each.index < drawn);
    if (hit) take(hit);
  });
  field.addEventListener("blur", () => { list.hidden = true; });
  return make("div", { class: "field" }, field, list);
}

function relationsBetween(a, b) {
  const line = linesOf[a].find((each) => each.from === b || each.to === b);
  return make("button", { type: "button", class: "via", onclick: () => goToLine(line.id) },
    `${line.facts.map((index) => `${facts[index].subject === a ? "→" : "←"} ${named(graph.relations[facts[index].relation])}`).join(" · ")}`);
}

function showPaths() {
  const { from, to } = state.scope;
  const both = from !== undefined && to !== undefined;
  show(
    make("button", { type: "button", class: "back", onclick: () => { pathEnd = null; setScope({ kind: "overview" }); } }, t("back_overview")),
    make("p", { class: "class" }, t("paths")),
    make("div", { class: "ends" }, endField("from"), endField("to")),
    both ? make("p", { class: "lead" }, foundPaths.length ? t("path_found", { n: foundPaths.length, steps: foundPaths[0].length - 1 }) : t("path_none"))
      : make("p", { class: "lead" }, t(from === undefined && to === undefined ? "path_begin" : "path_choose")),
    foundPaths.map((path) => make("section", { class: "path" }, path.map((node, at) => [
      at ? relationsBetween(path[at - 1], node) : null, link(node)]))),
  );
}
