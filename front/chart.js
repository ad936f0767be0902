// Draws the chart of a dataset from figures that the page carries. Fetched only when a chart comes into view.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

echarts.use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);
const still = matchMedia("(prefers-reduced-motion: reduce)");

function colours() {
  const style = getComputedStyle(document.documentElement);
  const named = (name) => style.getPropertyValue(name).trim();
  const series = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => named(`--chart-${number}`));
  return { series, ink: named("--ink"), soft: named("--ink-soft"), line: named("--line"), sheet: named("--sheet") };
}

function writers(language) {
  const full = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const short = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 });
  const magnitude = (writer) => (value) => (value == null ? "–" : writer.format(Math.abs(value)));
  return { full: magnitude(full), short: magnitude(short), signed: (value) => short.format(value) };
}

function frame(data, colour, write) {
  const text = { color: colour.soft, fontSize: 13 };
  const pyramid = data.kind === "piramida";
  const lying = pyramid || (data.kind === "batang" && (data.labels.length > 12 || data.labels.some((one) => one.length > 14)));
  const labels = { type: "category", data: data.labels, inverse: lying && !pyramid, axisTick: { show: false }, axisLine: { lineStyle: { color: colour.line } }, axisLabel: { ...text, width: lying ? 120 : undefined, overflow: "truncate", hideOverlap: true } };
  const figures = { type: "value", name: data.unit, nameLocation: lying ? "middle" : "end", nameGap: lying ? 26 : 10, nameTextStyle: { ...text, align: lying ? "center" : "left" }, splitNumber: 4, splitLine: { lineStyle: { color: colour.line } }, axisLabel: { ...text, hideOverlap: true, formatter: pyramid ? write.short : write.signed } };
  return { lying, pyramid, text, axes: lying ? { xAxis: figures, yAxis: labels } : { xAxis: labels, yAxis: figures } };
}

function option(data) {
  const colour = colours();
  const write = writers(data.language);
  const { lying, pyramid, text, axes } = frame(data, colour, write);
  const many = data.names.length > 1;
  const unit = data.unit ? ` ${data.unit}` : "";
  return {
    ...axes,
    color: colour.series,
    animation: !still.matches,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colour.ink },
    aria: { enabled: true, label: { enabled: false }, decal: { show: data.names.length > 2 } }, // the page describes it
    grid: { left: 8, right: 20, top: (many ? 40 : 16) + (data.unit && !lying ? 18 : 0), bottom: data.unit && lying ? 30 : 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    legend: { show: many, top: 0, type: "scroll", textStyle: { ...text, color: colour.ink } },
    tooltip: { trigger: "axis", renderMode: "richText", confine: true, axisPointer: { type: data.kind === "garis" ? "line" : "shadow" }, backgroundColor: colour.sheet, borderColor: colour.line, textStyle: { color: colour.ink }, valueFormatter: (value) => write.full(value) + (value == null ? "" : unit) },
    series: data.names.map((name, number) => ({
      name,
      type: data.kind === "garis" ? "line" : "bar",
      stack: pyramid ? "piramida" : undefined,
      barCategoryGap: pyramid ? "12%" : "28%",
      symbolSize: 7,
      data: data.values[number].map((value) => (value != null && pyramid && number === 0 ? -value : value)),
      itemStyle: { borderRadius: lying || data.kind === "garis" ? 0 : [3, 3, 0, 0] },
    })),
  };
}

export function draw(figure) {
  const area = figure.querySelector(".chart-area");
  if (!area || figure.classList.contains("is-drawn")) return;
  figure.classList.add("is-drawn");
  const data = JSON.parse(figure.dataset.chart);
  if (data.kind === "batang" && data.labels.length > 12) area.style.height = `${Math.max(26, 4 + data.labels.length * 1.6 * Math.max(1, data.names.length * 0.6))}rem`;
  const chart = echarts.init(area, null, { renderer: "canvas" });
  const show = () => chart.setOption(option(data), true);
  show();
  new ResizeObserver(() => chart.resize()).observe(area);
  new MutationObserver(show).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
}
