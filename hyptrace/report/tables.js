// SPDX-License-Identifier: BSD-2-Clause
// Tables of what the tool has counted, and of the difference to another trace.
const text = title => ({ title, text: true }), number = title => ({ title });
const share = n => meta.traps ? (100 * n / meta.traps).toFixed(1) + " %" : "";
const spans = d => d ? [short(d.mean), short(d.median), short(d.p99), short(d.max)] : ["", "", "", ""];

function showCauses() {
  const rows = [];
  for (const c of meta.summary) {
    if (c.detail === "") continue; // its class says all
    const row = [c.detail === null ? c.cls + (c.nested ? " (nested)" : "") : c.detail, grouped(c.entries), share(c.entries),
                 grouped(c.exits), ...spans(c.hyp), ...spans(c.away)];
    row.className = c.detail === null ? "class" : "detail";
    rows.push(row);
  }
  table("causes-table", [text("cause"), number("entries"), number("share"), number("exits"), number("hyp mean"),
    number("median"), number("p99"), number("max"), number("away mean"), number("median"), number("p99"), number("max")], rows);
}

function showVms() {
  table("vms-table", [text("VM"), number("entries"), number("share"), number("exits"), number("sum hyp"), number("sum away"),
    number("sum self")], meta.vm_table.map(v => [v.name, grouped(v.entries), share(v.entries), grouped(v.exits),
    short(v.hyp), short(v.away), short(v.self)]));
  table("cpus-table", [text("CPU"), number("events"), number("entries"), number("nested"), number("lost"), number("sum hyp")],
    meta.cpu_table.map((c, i) => ["cpu" + i, grouped(c.events), grouped(c.entries), grouped(c.nested), grouped(c.lost), short(c.hyp)]));
}

function largest(counts, count) {
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, count);
}

function showHot() {
  const pcs = new Map(), pages = new Map();
  for (let i = 0; i < traps.length; i++) {
    const cause = traps.cause[i], key = traps.pc[i] * 65536 + cause;
    pcs.set(key, (pcs.get(key) || 0) + 1);
    if (meta.causes[cause].page) pages.set(cause, (pages.get(cause) || 0) + 1);
  }
  table("hot-pcs", [text("guest PC"), text("trap"), number("traps"), number("share")], largest(pcs, 30).map(([key, n]) => {
    const c = meta.causes[key % 65536];
    return [hex(Math.floor(key / 65536)), c.cls + " " + c.detail, grouped(n), share(n)];
  }));
  table("hot-pages", [text("page"), text("trap"), number("traps"), number("share")], largest(pages, 30).map(([c, n]) =>
    [meta.causes[c].detail, meta.causes[c].cls, grouped(n), share(n)]));
}

// Causes of both traces side by side, the largest change in number first.
function showComparison() {
  const other = meta.compare, key = c => c.cls + (c.nested ? " (nested)" : "") + (c.detail ? " " + c.detail : "");
  if (!other) return;
  for (const e of document.querySelectorAll(".compare")) e.hidden = false;
  const mine = new Map(meta.summary.filter(c => c.detail !== null).map(c => [key(c), c]));
  const theirs = new Map(other.summary.filter(c => c.detail !== null).map(c => [key(c), c]));
  const rows = [...new Set([...mine.keys(), ...theirs.keys()])].map(k => {
    const a = mine.get(k), b = theirs.get(k), change = (b ? b.entries : 0) - (a ? a.entries : 0);
    const row = [k, a ? grouped(a.entries) : "", b ? grouped(b.entries) : "", (change > 0 ? "+" : "") + grouped(change),
                 a && a.hyp ? short(a.hyp.mean) : "", b && b.hyp ? short(b.hyp.mean) : ""];
    row.change = Math.abs(change);
    return row;
  }).sort((x, y) => y.change - x.change);
  const body = document.getElementById("compare-body"), cause = element("div", undefined, "scroll");
  cause.id = "compare-table";
  body.replaceChildren(element("p", `a: ${meta.title} · b: ${other.title}`), element("pre", other.diff), cause);
  table("compare-table", [text("cause"), number("a"), number("b"), number("change"), number("hyp mean a"), number("b")], rows);
}
