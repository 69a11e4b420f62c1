// SPDX-License-Identifier: BSD-2-Clause
// What is known from the counts is there at once; the traps follow when they are unpacked.
function classes() {
  return [["", "all"], ...[...new Set(meta.causes.map(c => c.cls))].map(name => [name, name])];
}

function showFacts() {
  document.getElementById("facts").textContent =
    `${grouped(meta.traps)} traps in ${(meta.end - meta.begin).toFixed(3)} s of virtual time from ${meta.begin.toFixed(3)} s · ` +
    `${meta.cpu_table.length} CPUs · ${meta.vms.length - 1} VMs · ${meta.machine || "unknown machine"} · ` +
    `${meta.lost ? grouped(meta.lost) + " events lost" : "nothing lost"} · spans in ` +
    (meta.unit === "insns" ? "instructions (deterministic)" : "virtual time, host-derived") +
    (meta.filter ? ` · filter: ${meta.filter}` : "") + (meta.defect ? ` · not all could be read: ${meta.defect}` : "");
}

async function main() {
  showFacts();
  showCauses();
  showVms();
  showComparison();
  options(document.getElementById("latency-class"), classes());
  options(document.getElementById("list-class"), classes());
  options(document.getElementById("list-vm"), [["", "all"], ...meta.vms.map((name, i) => [i, name])]);
  await new Promise(done => requestAnimationFrame(() => setTimeout(done))); // paint first
  await loadColumns();
  drawRates(showSpan);
  showList();
  drawLatency();
  showHot();
  for (const id of ["latency-class", "latency-span"]) document.getElementById(id).addEventListener("change", drawLatency);
  dark.addEventListener("change", () => { drawRates(showSpan); drawLatency(); });
  window.addEventListener("resize", () => {
    rates.setSize({ width: width("rates-chart"), height: 260 });
    latency.setSize({ width: width("latency-chart"), height: 220 });
  });
  document.documentElement.dataset.ready = "yes";
}

main();
