// The figures view: one indicator by place and year, targets and results told apart, changes beside
// levels; and a table of all, which sorts and can be taken away as CSV.

const MOST_SERIES = 8;
const MOST_CATEGORIES = 24;
const CHART_COLOURS = { light: ["#3b6fd4", "#d9822b", "#2f9e77", "#b04a9a", "#8a6fd1", "#b39b1f", "#3aa3b8", "#c5504f"], dark: ["#7aa5ff", "#f0ac5f", "#5fcaa4", "#dc86c8", "#b6a1f2", "#dbc655", "#6ccbdd", "#ef8b87"] };
const byIndicator = graph.indicators.map(() => []);
figures.forEach((figure) => byIndicator[figure.indicator].push(figure));
const busiest = graph.indicators.map((_, index) => index).sort((a, b) => byIndicator[b].length - byIndicator[a].length || (graph.indicators[a] < graph.indicators[b] ? -1 : 1));

let charts = [];
let order = { column: null, down: false };

function openFigures(indicator) {
  state.indicator = indicator;
  state.axis = null;
  showView("figures");
}

/** The years of `list` in order; without a year last. */
const periodsOf = (list) => [...new Set(list.map((figure) => figure.period))].sort((a, b) => (a === b ? 0 : !a ? 1 : !b ? -1 : a < b ? -1 : 1));

/** By year where some subject has two; else by place. */
function usualAxis(list) {
  const seen = new Map();
  list.forEach((figure) => seen.set(figure.subject, (seen.get(figure.subject) || new Set()).add(figure.period)));
  return [...seen.values()].some((periods) => periods.size > 1) ? "year" : "place";
}

/** The figures of `list` in its most frequent unit, with their numbers; `others` is how many have another. */
function inOneUnit(list) {
  const all = comparableValues(list);
  if (all) return { unit: all.unit, list, value: all.of, others: 0 };
  const counts = new Map();
  list.forEach((figure) => counts.set(figure.base || figure.unit, (counts.get(figure.base || figure.unit) || 0) + 1));
  const [[best]] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const kept = list.filter((figure) => (figure.base || figure.unit) === best);
  const found = comparableValues(kept);
  return { unit: found.unit, list: kept, value: found.of, others: list.length - kept.length };
}

/** Categories and series of a chart: series are subjects or years, each once for what is and once for what is aimed at. */
function tabulate(list, axis) {
  const subject = (figure) => figure.subject;
  const period = (figure) => figure.period;
  const [category, series] = axis === "year" ? [period, subject] : [subject, period];
  const tally = (key) => list.reduce((found, figure) => found.set(key(figure), (found.get(key(figure)) || 0) + 1), new Map());
  const top = (key, most) => [...tally(key)].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most).map(([each]) => each);
  const order = (values) => (values.every((each) => typeof each === "string") ? periodsOf(values.map((each) => ({ period: each }))) : values);
  return { category, series, categories: order(top(category, MOST_CATEGORIES)), all: order(top(series, MOST_SERIES)), left: Math.max(0, tally(series).size - MOST_SERIES, tally(category).size - MOST_CATEGORIES) };
}
const axisName = (value) => (typeof value === "string" ? value || t("unknown_period") : graph.nodes[value].label);

const isAim = (kind) => kind !== "actual" && kind !== "change";
const readable = (value) => value.toLocaleString("en", { maximumFractionDigits: 4 });

/** ECharts' options for bars of `list`; aims are hollow and dashed. */
function chartOption({ list, unit, value }, axis) {
  const table = tabulate(list, axis);
  const colours = CHART_COLOURS[isDark() ? "dark" : "light"];
  const { ink, soft, line } = theme();
  const series = table.all.flatMap((each, at) => [false, true].map((aim) => {
    const members = list.filter((figure) => table.series(figure) === each && isAim(figure.kind) === aim);
    if (!members.length) return null;
    const colour = colours[at % colours.length];
    return {
      type: "bar", name: axisName(each), barMaxWidth: 34, barGap: "12%", barCategoryGap: "32%", animation: false,
      itemStyle: aim ? { color: "transparent", borderColor: colour, borderWidth: 1.6, borderType: "dashed" } : { color: colour, borderRadius: 2 },
      label: { show: members.length * table.all.length <= 26, position: "top", color: soft, fontSize: 11, formatter: ({ data }) => (data && data.figure ? readable(data.value) : "") },
      data: table.categories.map((category) => {
        const figure = members.find((member) => table.category(member) === category);
        return figure ? { value: value(figure), figure: figure.index } : null;
      }),
    };
  })).filter(Boolean);
  const text = { color: ink, fontFamily: FAMILY };
  return {
    table,
    option: {
      textStyle: text, aria: { enabled: true }, animation: false,
      grid: { left: 12, right: 16, top: 34, bottom: 8, containLabel: true },
      xAxis: { type: "category", data: table.categories.map(axisName), axisLabel: { color: ink, interval: 0, hideOverlap: false, width: 92, overflow: "break", fontSize: 11.5 }, axisLine: { lineStyle: { color: line } }, axisTick: { show: false } },
      yAxis: { type: "value", name: unit, nameTextStyle: { color: soft, align: "left" }, axisLabel: { color: soft }, splitLine: { lineStyle: { color: line } } },
      series,
    },
  };
}

function drawChart(key, list, axis) {
  if (!list.length) return null;
  const one = inOneUnit(list);
  const { table, option } = chartOption(one, axis);
  const box = make("div", { class: "chart", role: "img", "aria-label": `${graph.indicators[state.indicator]} ${t(key)} ${one.unit}` });
  const colours = CHART_COLOURS[isDark() ? "dark" : "light"];
  const kinds = [...new Set(one.list.map((figure) => figure.kind))].sort();
  const legend = make("ul", { class: "legend" },
    table.all.map((each, at) => make("li", {}, dot(colours[at % colours.length]), axisName(each))),
    kinds.some(isAim) ? kinds.map((kind) => make("li", { class: "shape" }, make("i", { class: isAim(kind) ? "aim" : "is" }), kindName(kind))) : null);
  const notes = [one.others ? t("other_units", { n: one.others }) : null, table.left ? t("fewer_series", { n: table.all.length }) : null].filter(Boolean);
  charts.push({ box, option });
  return make("figure", {}, make("figcaption", {}, t(key), make("small", {}, ` ${one.unit}`)), legend, box, notes.map((note) => make("p", { class: "cite" }, note)));
}

/** Puts the charts into their boxes, which must be on the page by now. */
function plot() {
  charts.forEach((each) => {
    each.chart = echarts.init(each.box, null, { renderer: "canvas" });
    each.chart.setOption(each.option);
    each.chart.on("click", ({ data }) => { if (data && data.figure !== undefined) showFigure(figures[data.figure]); });
    each.chart.on("mouseover", ({ data }) => { each.box.title = data && data.figure !== undefined ? figureText(figures[data.figure]) : ""; });
  });
}
const figureText = (figure) => `${graph.nodes[figure.subject].label} ${figureName(figure)} ${figure.period} ${figure.value}${figure.unit}（${kindName(figure.kind)}）`;

function showFigure(figure) {
  show(backButton(), make("p", { class: "class" }, kindName(figure.kind)), make("h2", {}, figureName(figure)), link(figure.subject),
    make("p", { class: "big" }, figure.value, make("small", {}, ` ${figure.unit}`), make("span", { class: "cite" }, figure.period || t("unknown_period"))),
    make("div", { class: "fact" }, evidence(figure.claim, [figure.subject], [`${figure.value}${figure.unit}`, figureName(figure)])));
}

// The table: a title, the text of a cell, and what it is sorted by.
const COLUMNS = [
  ["subject", (figure) => graph.nodes[figure.subject].label],
  ["lies_in", (figure) => chain(figure.subject).map((index) => graph.nodes[index].label).slice(0, 2).join(" › ")],
  ["indicator", figureName],
  ["period", (figure) => figure.period],
  ["value", (figure) => figure.value, (figure) => Number(figure.normalized || figure.value)],
  ["unit", (figure) => figure.unit],
  ["kind", (figure) => kindName(figure.kind)],
  ["confidence_is", (figure) => (figure.claim.confidence === null ? "" : figure.claim.confidence.toFixed(2)), (figure) => figure.claim.confidence ?? 1],
  ["article", (figure) => { const article = articleOf(figure.claim); return article === null ? "" : graph.articles[article].title; }],
];

const ALL = -1; // in place of an indicator
const chosenFigures = () => (state.indicator === ALL ? figures : byIndicator[state.indicator]);

function sortedFigures() {
  const list = [...chosenFigures()];
  if (order.column === null) return list;
  const [, text, key = text] = COLUMNS[order.column];
  const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, "zh"));
  return list.sort((a, b) => (order.down ? -1 : 1) * compare(key(a), key(b)) || a.index - b.index);
}

function drawTable(holder) {
  const body = make("tbody");
  const head = make("tr", {}, COLUMNS.map(([key], column) => make("th", { scope: "col", class: key, "aria-sort": order.column === column ? (order.down ? "descending" : "ascending") : "none" },
    make("button", { type: "button", "data-column": key, onclick: () => {
      order = { column, down: order.column === column && !order.down };
      drawTable(holder);
    } }, t(key), order.column === column ? (order.down ? " ↓" : " ↑") : ""))));
  const [, more] = batches(sortedFigures(), (figure) => make("tr", { class: "figure", tabindex: 0, onclick: () => showFigure(figure),
    onkeydown: (event) => { if (event.key === "Enter") showFigure(figure); } },
  COLUMNS.map(([key, text]) => make("td", { class: key }, key === "kind" ? make("span", { class: `tag ${figure.kind}` }, text(figure)) : text(figure)))), body);
  holder.replaceChildren(make("table", { class: "sheet-table" }, make("thead", {}, head), body), more);
}

/** RFC 4180; a text that a spreadsheet would take for a formula gets an apostrophe. */
function csvCell(text) {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
const figuresCsv = () => `\ufeff${[COLUMNS.map(([key]) => t(key)), ...sortedFigures().map((figure) => COLUMNS.map(([, text]) => text(figure)))]
  .map((row) => row.map((cell) => csvCell(`${cell}`)).join(",")).join("\r\n")}\r\n`;

function drawCharts() {
  charts.forEach(({ chart }) => chart && chart.dispose());
  charts = [];
  if (state.indicator === null) state.indicator = busiest.length ? busiest[0] : ALL;
  const list = chosenFigures();
  const levels = state.indicator === ALL ? [] : list.filter((figure) => figure.kind !== "change");
  const rates = state.indicator === ALL ? [] : list.filter((figure) => figure.kind === "change");
  const axis = state.axis || usualAxis(levels.length ? levels : list);
  const choice = (value, key) => make("button", { type: "button", "data-axis": value, "aria-pressed": String(axis === value), onclick: () => { state.axis = value; drawCharts(); remember(); } }, t(key));
  const holder = make("div", { class: "rows" });
  drawTable(holder);
  $("charts").replaceChildren(
    make("div", { class: "bar" }, make("h2", {}, state.indicator === ALL ? t("all_indicators") : graph.indicators[state.indicator]),
      make("span", { class: "cite" }, t("rows", { n: count(list.length) })),
      state.indicator === ALL ? null : make("div", { class: "choice", role: "group" }, choice("place", "by_place"), choice("year", "by_year")),
      make("button", { type: "button", id: "csv", onclick: () => download(figuresCsv(), "figures.csv", "text/csv;charset=utf-8") }, t("download_csv"))),
    state.indicator === ALL ? make("p", { class: "lead" }, t(figures.length ? "no_chart" : "no_figures"))
      : make("div", { class: "pair" }, drawChart("levels", levels, axis), drawChart("rates", rates, axis)),
    holder,
  );
  plot();
}

function drawIndicators() {
  const field = make("input", { type: "search", placeholder: t("find_in"), "aria-label": t("find_in"), value: "" });
  const list = make("ul", { class: "values" });
  const entry = (index) => make("li", {}, make("button", { type: "button", "data-indicator": index, "aria-pressed": String(state.indicator === index),
    onclick: () => { openFigures(index); } }, make("span", {}, index === ALL ? t("all_indicators") : graph.indicators[index]), number((index === ALL ? figures : byIndicator[index]).length)));
  const more = make("button", { type: "button", class: "more", onclick: () => { most = Infinity; listThose(); } });
  let most = 60;
  function listThose() {
    const wanted = busiest.filter((index) => graph.indicators[index].toLowerCase().includes(field.value.trim().toLowerCase()));
    list.replaceChildren(entry(ALL), ...wanted.slice(0, most).map(entry));
    more.hidden = wanted.length <= most;
    more.textContent = t("more_values", { n: wanted.length - Math.min(most, wanted.length) });
  }
  field.addEventListener("input", listThose);
  listThose();
  $("indicators").replaceChildren(make("section", {}, make("h2", {}, t("indicators")), field, list, more));
}
