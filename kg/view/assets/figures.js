// Figures in the panel: for each indicator its values, and bars over the years where there are several.

const kindName = (kind) => (hasWord(`kind_${kind}`) ? t(`kind_${kind}`) : kind);

/** Numbers that can be compared: in the base unit where all have the same, else as written where all share a unit. */
function comparableValues(list) {
  const bases = new Set(list.map((figure) => figure.base));
  const units = new Set(list.map((figure) => figure.unit));
  if (units.size === 1) return { unit: list[0].unit, of: (figure) => Number(figure.value) };
  if (bases.size === 1 && list[0].base) return { unit: list[0].base, of: (figure) => Number(figure.normalized) };
  return null;
}

/** Bars over the whole years of the levels among `list`; null where there are not two. Targets are hollow. */
function sparkline(list) {
  const levels = list.filter((figure) => figure.kind !== "change" && /^\d{4}$/.test(figure.period))
    .sort((a, b) => (a.period < b.period ? -1 : a.period > b.period ? 1 : a.index - b.index));
  const scale = levels.length ? comparableValues(levels) : null;
  const years = new Set(levels.map((figure) => figure.period));
  if (!scale || years.size < 2) return null;
  const values = levels.map(scale.of);
  const most = Math.max(...values.map(Math.abs)) || 1;
  const [width, height, step] = [Math.min(26, 150 / levels.length), 34, Math.min(30, 170 / levels.length)];
  const bars = levels.map((figure, at) => {
    const tall = Math.max(1.5, (Math.abs(values[at]) / most) * height);
    return draw("g", {}, draw("title", {}, `${figure.period} ${figure.value}${figure.unit} ${kindName(figure.kind)}`),
      draw("rect", { x: at * step + 1, y: height + 1 - tall, width: width - 4, height: tall, rx: 1.5, class: figure.kind }));
  });
  return draw("svg", { class: "spark", width: levels.length * step + 2, height: height + 2, role: "img",
    "aria-label": `${t("years_of")} ${levels.map((figure) => `${figure.period}: ${figure.value}${figure.unit}`).join("; ")}` }, bars);
}

function figureRow(figure, first) {
  const row = make("tr", { class: "figure", tabindex: 0, role: "button", "aria-expanded": "false", title: t("show_sentence") },
    make("td", {}, first ? figureName(figure) : ""), make("td", { class: "period" }, figure.period || "—"),
    make("td", { class: "value" }, figure.value, make("small", {}, ` ${figure.unit}`)),
    make("td", { class: "kind" }, make("span", { class: `tag ${figure.kind}` }, kindName(figure.kind))));
  const detail = make("tr", { class: "evidence", hidden: "" },
    make("td", { colspan: 4 }, evidence(figure.claim, [figure.subject], [`${figure.value}${figure.unit}`, figureName(figure)])));
  const toggle = () => {
    detail.hidden = !detail.hidden;
    row.setAttribute("aria-expanded", String(!detail.hidden));
  };
  row.addEventListener("click", toggle);
  row.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { toggle(); event.preventDefault(); } });
  return [row, detail];
}

const figureName = (figure) => graph.indicators[figure.indicator];

function figureTable(list) {
  if (!list.length) return null;
  const byIndicator = new Map();
  list.forEach((figure) => byIndicator.set(figure.indicator, [...(byIndicator.get(figure.indicator) || []), figure]));
  // Series over years come first; then by name.
  const groups = [...byIndicator.values()].map((members) => ({ members, chart: sparkline(members) }))
    .sort((a, b) => Number(!a.chart) - Number(!b.chart) || b.members.length - a.members.length || a.members[0].index - b.members[0].index);
  const body = make("tbody");
  const table = make("table", {}, make("thead", {}, make("tr", {}, ["indicator", "period", "value", "kind"].map((key) => (
    make("th", { class: key, scope: "col" }, t(key)))))), body);
  const [, more] = batches(groups, ({ members, chart }) => [
    chart ? make("tr", { class: "series" }, make("td", { colspan: 4 }, make("button", { type: "button", class: "to-chart", onclick: () => openFigures(members[0].indicator) }, figureName(members[0])), chart)) : null,
    ...members.flatMap((figure, at) => figureRow(figure, !chart && at === 0)),
  ].filter(Boolean), body);
  return make("section", { class: "figures" }, heading("figures", list.length), table, more);
}
