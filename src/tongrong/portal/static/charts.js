// Draws each figure of class "chart" from the option beside it, also in what htmx brings later.
(() => {
  const ROW = 26;
  const AROUND = 90;
  const LEGIBLE = "44rem";

  function save(chart, name) {
    const link = document.createElement("a");
    link.href = chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: "#fff" });
    link.download = `${name}.png`;
    link.click();
  }

  function draw(figure) {
    const area = figure.querySelector(".chart-area");
    const option = JSON.parse(figure.querySelector("script").textContent);
    const rows = option.series[0].type === "heatmap" ? option.yAxis.data.length : 0;
    if (rows) {
      area.style.height = `${rows * ROW + AROUND}px`;
      area.style.minWidth = LEGIBLE; // scrolls in its own frame on a phone
    }
    const chart = echarts.init(area);
    chart.setOption(option);
    const button = figure.querySelector(".chart-save");
    button.hidden = false;
    button.addEventListener("click", () => save(chart, figure.dataset.name));
    new ResizeObserver(() => chart.resize()).observe(area);
  }

  document.addEventListener("htmx:load", (event) => {
    const brought = event.detail.elt;
    for (const figure of brought.querySelectorAll("figure.chart")) draw(figure);
  });
})();
