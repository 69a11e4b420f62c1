// SPDX-License-Identifier: BSD-2-Clause
// Rates over time and the distribution of latencies, drawn by uPlot.
const LIGHT = ["#1f6feb", "#d1480f", "#1a7f37", "#8250df", "#bf3989", "#0b7285", "#7d4e00", "#57606a"];
const DARK = ["#6ea8fe", "#ff9d5c", "#63d18a", "#bf97ff", "#ff8ac4", "#5bd0de", "#e0b13f", "#a9b4c2"];
const BINS = 400;
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const colour = i => (dark.matches ? DARK : LIGHT)[i % LIGHT.length];
const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const width = place => document.getElementById(place).clientWidth || 1200;

function axis(options) {
  return Object.assign({ stroke: style("--dim"), grid: { stroke: style("--line"), width: 1 },
    ticks: { stroke: style("--line") } }, options);
}

// The classes with most traps get a line each, the others one together.
function rateSeries() {
  const counts = new Map();
  for (const cause of meta.causes) counts.set(cause.cls, (counts.get(cause.cls) || 0) + cause.entries);
  const names = [...counts].sort((a, b) => b[1] - a[1]).map(pair => pair[0]);
  const shown = names.length > 7 ? [...names.slice(0, 6), "others"] : names;
  const line = Uint8Array.from(meta.causes, c => {
    const i = shown.indexOf(c.cls);
    return i < 0 ? shown.length - 1 : i;
  });
  return { shown, line };
}

function rateData({ shown, line }, from, to) {
  const step = (to - from) / BINS || 1e-9, x = new Float64Array(BINS);
  const lines = shown.map(() => new Float64Array(BINS)), last = firstAt(to);
  for (let i = firstAt(from); i < last; i++) {
    const bin = Math.min(BINS - 1, (traps.time[i] - from) / step | 0);
    lines[line[traps.cause[i]]][bin] += 1 / step;
  }
  for (let i = 0; i < BINS; i++) x[i] = from + (i + 0.5) * step;
  return [x, ...lines];
}

let rates, shownSpan; // of time

function drawRates(onZoom) {
  const series = rateSeries(), from = meta.begin, to = Math.max(meta.end, meta.begin + 1e-9);
  const zoom = (a, b) => {
    shownSpan = [a, b];
    rates.setData(rateData(series, a, b), false);
    rates.setScale("x", { min: a, max: b });
    onZoom(a, b);
  };
  if (rates) rates.destroy();
  shownSpan = shownSpan || [from, to];
  rates = new uPlot({
    width: width("rates-chart"), height: 260,
    cursor: { drag: { x: true, y: false, setScale: false } },
    scales: { x: { time: false }, y: { range: (u, min, max) => [0, max || 1] } },
    axes: [axis({ values: (u, v) => v.map(s => s.toLocaleString("en-US", { maximumFractionDigits: 6 }) + " s") }),
           axis({ size: 64, values: (u, v) => v.map(n => n >= 1e6 ? n / 1e6 + "M" : n >= 1e3 ? n / 1e3 + "k" : n) })],
    series: [{ label: "time", value: (u, v) => v === null ? "" : v.toFixed(6) + " s" },
      ...series.shown.map((name, i) => ({ label: name, stroke: colour(i), width: 1.5, points: { show: false },
        value: (u, v) => v === null ? "" : grouped(v) + "/s" }))],
    hooks: { setSelect: [u => {
      const a = u.posToVal(u.select.left, "x"), b = u.posToVal(u.select.left + u.select.width, "x");
      u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
      if (b > a) zoom(a, b);
    }] },
  }, rateData(series, ...shownSpan), document.getElementById("rates-chart"));
  rates.over.addEventListener("dblclick", () => zoom(from, to));
  rates.zoom = zoom;
}

// Eight steps per doubling, as the page draws them; the percentiles in the tables are finer.
const stepOf = value => Math.round(Math.log2(Math.max(value, 1)) * 8);

function latencyValues(cls, span) {
  const values = [], column = traps[span];
  for (let i = 0; i < traps.length; i++)
    if (column[i] !== UNKNOWN && (cls === "" || meta.causes[traps.cause[i]].cls === cls))
      values.push(column[i]);
  return Float64Array.from(values).sort();
}

let latency;

function drawLatency() {
  const values = latencyValues(document.getElementById("latency-class").value,
                               document.getElementById("latency-span").value);
  const facts = document.getElementById("latency-facts"), at = q => values[Math.min(values.length - 1, q * values.length | 0)];
  const low = values.length ? stepOf(values[0]) : 0, high = values.length ? stepOf(values[values.length - 1]) : 1;
  const x = [], y = [];
  for (let step = low - 1; step <= high + 1; step++) { x.push(2 ** (step / 8)); y.push(0); }
  for (const value of values) y[stepOf(value) - low + 1]++;
  facts.textContent = values.length
    ? `${grouped(values.length)} · median ${short(at(0.5))} · p90 ${short(at(0.9))} · p99 ${short(at(0.99))} · p99.9 ${short(at(0.999))} · largest ${short(values[values.length - 1])}`
    : "none";
  if (latency) latency.destroy();
  latency = new uPlot({
    width: width("latency-chart"), height: 220, legend: { show: false },
    scales: { x: { time: false, distr: 3 }, y: { range: (u, min, max) => [0, max || 1] } },
    axes: [axis({ values: (u, v) => v.map(n => n === null ? "" : short(n)) }), axis({ size: 64 })],
    series: [{}, { stroke: colour(0), fill: colour(0) + "66", points: { show: false },
      paths: uPlot.paths.stepped({ align: 0 }) }],
  }, [x, y], document.getElementById("latency-chart"));
}
