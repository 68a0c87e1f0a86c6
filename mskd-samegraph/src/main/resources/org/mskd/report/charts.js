'use strict';
// Replaces the chart files by interactive charts of the same data. Without this script, or without
// the library, the files stay.
(() => {
  const report = window.mskdReport;
  if (!window.echarts || !report) {
    return;
  }
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const live = [];
  const encode = window.echarts.format.encodeHTML; // tooltips are HTML

  const quartile = (sorted, part) => {
    const rank = part * (sorted.length - 1);
    const below = Math.floor(rank);
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  };

  const boxes = (organ, hidden) => {
    const models = report.models.filter(model => !hidden.has(model.name));
    const names = models.map(model => model.name).reverse();
    const boxData = [];
    const dots = [];
    names.forEach((name, row) => {
      const scores = models.find(model => model.name === name).cases
        .filter(score => score.organ === organ && score.dice !== null);
      const sorted = scores.map(score => score.dice).sort((a, b) => a - b);
      boxData.push(sorted.length === 0 ? []
        : [0, .25, .5, .75, 1].map(part => quartile(sorted, part)));
      scores.forEach(score => dots.push({value: [score.dice, row], name: score.id}));
    });
    return {
      animation: false,
      aria: {enabled: true},
      grid: {left: 8, right: 16, top: 8, bottom: 24, containLabel: true},
      tooltip: {confine: true},
      xAxis: {type: 'value', min: 0, max: 1},
      yAxis: {type: 'category', data: names},
      series: [
        {type: 'boxplot', data: boxData, boxWidth: [6, 14],
          tooltip: {formatter: item =>
            encode(`${names[item.dataIndex]}: median ${item.value[3].toFixed(3)}`)}},
        {type: 'scatter', data: dots, symbolSize: 7,
          tooltip: {formatter: item =>
            encode(`${names[item.value[1]]}, ${item.name}: ${item.value[0].toFixed(3)}`)}},
      ],
    };
  };

  const isScored = network => Object.keys(network.series).some(name => name.startsWith('dice.'));

  const curves = network => {
    const panels = [
      ['loss', name => name === 'loss' || name.startsWith('loss.'), 210],
      ['Dice on held-out subjects', name => name.startsWith('dice.'), 140],
      ['learning rate', name => name === 'learningRate', 70],
      ['gradient norm', name => name === 'gradientNorm', 70],
    ].filter(([, wanted]) => Object.keys(network.series).some(wanted))
      .map(([title, wanted, height]) =>
        [title, Object.keys(network.series).filter(wanted), height]);
    const heights = panels.map(panel => panel[2]);
    const tops = heights.map((height, i) =>
      56 + heights.slice(0, i).reduce((sum, above) => sum + above + 48, 0));
    const axes = panels.map((panel, i) => i);
    const series = [];
    panels.forEach(([, names], panel) => names.forEach(name => series.push({
      type: 'line', name, showSymbol: false, xAxisIndex: panel, yAxisIndex: panel,
      data: network.at.map((at, i) => [at, network.series[name][i]]),
    })));
    const values = panels.map(([, names]) =>
      names.flatMap(name => network.series[name]).filter(Number.isFinite));
    return {
      animation: false,
      aria: {enabled: true},
      legend: {type: 'scroll', top: 0, data: panels.slice(0, isScored(network) ? 2 : 1).flatMap(panel => panel[1])},
      tooltip: {trigger: 'axis', confine: true},
      axisPointer: {link: [{xAxisIndex: 'all'}]},
      dataZoom: [{type: 'inside', xAxisIndex: axes, zoomOnMouseWheel: 'ctrl',
        moveOnMouseMove: false, preventDefaultMouseMove: false},
        {type: 'slider', xAxisIndex: axes, bottom: 4, height: 18}],
      grid: panels.map((panel, i) => ({left: 64, right: 16, top: tops[i], height: heights[i]})),
      xAxis: panels.map((panel, i) => ({type: 'value', gridIndex: i, min: 0, max: network.iterations})),
      yAxis: panels.map(([title], i) => {
        const least = Math.min(...values[i]);
        const log = least > 0 && Math.max(...values[i]) / least > 20;
        return {type: log ? 'log' : 'value', gridIndex: i, name: title, scale: true};
      }),
      series,
    };
  };

  const draw = (figure, height, option) => {
    const box = document.createElement('div');
    box.className = 'live';
    const picture = figure.querySelector('.scroll') ?? figure.querySelector('picture');
    picture.after(box);
    const entry = {figure, box, picture, height, option, chart: null};
    live.push(entry);
    return entry;
  };

  const render = entry => {
    const width = entry.figure.clientWidth;
    if (width === 0) {
      return; // in a closed <details>; drawn when it is opened
    }
    if (entry.chart) {
      entry.chart.dispose();
    }
    entry.picture.hidden = true;
    entry.chart = window.echarts.init(entry.box, dark.matches ? 'dark' : null,
      {width, height: entry.height(), renderer: 'svg'});
    entry.chart.setOption({backgroundColor: 'transparent', ...entry.option()});
  };

  const hidden = new Set();
  for (const figure of document.querySelectorAll('figure[data-chart]')) {
    const id = figure.dataset.chart;
    if (id.startsWith('organ-')) {
      const organ = report.organs[Number(id.slice(6)) - 1];
      draw(figure, () => 48 + 28 * (report.models.length - hidden.size), () => boxes(organ, hidden));
    } else {
      const network = report.networks[Number(id.slice(8)) - 1];
      draw(figure, () => isScored(network) ? 748 : 560, () => curves(network));
    }
  }
  const renderAll = () => live.forEach(render);
  dark.addEventListener('change', renderAll);
  document.querySelectorAll('details').forEach(details =>
    details.addEventListener('toggle', () => details.open
      && live.filter(entry => details.contains(entry.figure)).forEach(render)));
  let pending = 0;
  window.addEventListener('resize', () => {
    clearTimeout(pending);
    pending = setTimeout(renderAll, 150);
  });

  // Choice of the models that are shown, and of the one that others are compared with.
  const place = document.querySelector('#boxes .charts');
  if (place && report.models.length > 1) {
    const tools = document.createElement('div');
    tools.className = 'tools';
    for (const model of report.models) {
      const label = document.createElement('label');
      const check = document.createElement('input');
      check.type = 'checkbox';
      check.checked = true;
      check.addEventListener('change', () => {
        hidden[check.checked ? 'delete' : 'add'](model.name);
        live.filter(entry => entry.figure.dataset.chart.startsWith('organ-')).forEach(render);
      });
      label.className = 'check';
      label.append(check, model.name);
      tools.append(label);
    }
    place.before(tools);

    const compare = document.createElement('div');
    compare.className = 'tools';
    const choice = document.createElement('select');
    report.models.forEach(model => choice.append(new Option(model.name, model.name)));
    const label = document.createElement('label');
    label.append('compare all models with', choice);
    compare.append(label);
    const table = document.createElement('table');
    const region = document.createElement('div');
    region.className = 'scroll';
    region.tabIndex = 0;
    region.setAttribute('role', 'group');
    region.setAttribute('aria-label', 'Differences of all models to one');
    region.append(table);
    const differences = () => {
      const other = report.models.find(model => model.name === choice.value);
      const rows = report.models.filter(model => model !== other).map(model => {
        const perOrgan = report.organs.map(organ => {
          const pairs = model.cases.filter(score => score.organ === organ && score.dice !== null)
            .map(score => [score.dice, other.cases.find(same =>
              same.organ === organ && same.id === score.id)?.dice ?? null])
            .filter(pair => pair[1] !== null);
          return pairs.length === 0 ? null
            : pairs.reduce((sum, pair) => sum + pair[0] - pair[1], 0) / pairs.length;
        });
        const known = perOrgan.filter(value => value !== null);
        const mean = known.length === 0 ? null : known.reduce((a, b) => a + b, 0) / known.length;
        return [model.name, ...perOrgan, mean];
      });
      const show = value => value === null ? '–' : typeof value === 'string' ? value
        : (value > 0 ? '+' : '') + value.toFixed(3);
      table.replaceChildren();
      table.createCaption().textContent =
        `Dice minus that of ${other.name}: paired by case, means over the cases`;
      const head = table.createTHead().insertRow();
      ['model', ...report.organs, 'mean'].forEach(text => {
        const cell = document.createElement('th');
        cell.scope = 'col';
        cell.textContent = text;
        head.append(cell);
      });
      const body = table.createTBody();
      rows.forEach(row => {
        const line = body.insertRow();
        row.forEach((value, i) => {
          const cell = document.createElement(i === 0 ? 'th' : 'td');
          cell.textContent = show(value);
          if (i === 0) {
            cell.scope = 'row';
          }
          cell.className = i === 0 ? '' : 'number';
          line.append(cell);
        });
      });
    };
    choice.value = report.models.some(model => model.name === 'mskd') ? 'mskd' : report.models[0].name;
    choice.addEventListener('change', differences);
    differences();
    document.querySelector('#scores .note').after(compare, region);
  }
  renderAll();
})();
