'use strict';
// The slice viewer of a case: any window, an area per organ for the chosen map, the outline of
// another one, and errors. All data are in window.mskdCase.
(() => {
  const data = window.mskdCase;
  const section = document.getElementById('viewer');
  if (!data || !section) {
    return;
  }
  const WINDOWS = [
    ['as in training', data.window[0], data.window[1]],
    ['abdomen', -160, 240],
    ['liver', 0, 150],
    ['lung', -1000, 200],
    ['bone', -300, 1200],
  ];
  const IGNORED = 255;
  const NONE = 'none';
  const ERRORS = 'errors of ';
  const names = data.maps.map(map => map.name);
  const areas = [...names, ...names.slice(1).map(name => ERRORS + name), NONE];
  const state = {slice: data.shown, area: names[1] ?? names[0], outline: names[0], window: 0,
    opacity: .45, last: names[1] ?? names[0]};

  const decode = text => {
    const runs = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
    const classes = new Uint8Array(data.width * data.height);
    let at = 0;
    for (let i = 0; i < runs.length;) {
      const value = runs[i++];
      let length = 0;
      let shift = 0;
      let byte;
      do {
        byte = runs[i++];
        length |= (byte & 127) << shift;
        shift += 7;
      } while (byte & 128);
      classes.fill(value, at, at + length);
      at += length;
    }
    return classes;
  };
  const classesOf = name => decode(data.maps[names.indexOf(name)].runs[state.slice]);

  const colours = data.colours.map(hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16)));
  const WRONG = {missed: [230, 60, 60], extra: [80, 140, 255], other: [240, 200, 60]};

  const toHu = gray => {
    for (let i = 1; i < data.tones.length; i++) {
      const [lowHu, lowGray] = data.tones[i - 1];
      const [highHu, highGray] = data.tones[i];
      if (gray <= highGray) {
        return lowHu + (gray - lowGray) / (highGray - lowGray) * (highHu - lowHu);
      }
    }
    return data.tones[data.tones.length - 1][0];
  };
  const HU = Float32Array.from({length: 256}, (unused, gray) => toHu(gray));

  const canvas = document.createElement('canvas');
  canvas.width = data.width;
  canvas.height = data.height;
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'img');
  const context = canvas.getContext('2d', {willReadFrequently: true});
  const grays = new Map();
  const load = slice => {
    if (!grays.has(slice)) {
      grays.set(slice, new Promise((done, failed) => {
        const image = new Image();
        image.onload = () => {
          const copy = document.createElement('canvas');
          copy.width = data.width;
          copy.height = data.height;
          const pixels = copy.getContext('2d');
          pixels.drawImage(image, 0, 0);
          const rgba = pixels.getImageData(0, 0, data.width, data.height).data;
          done(Uint8Array.from({length: rgba.length / 4}, (unused, i) => rgba[4 * i]));
        };
        image.onerror = failed;
        image.src = 'data:image/jpeg;base64,' + data.images[slice];
      }));
    }
    return grays.get(slice);
  };

  const isOrgan = value => value !== 0 && value !== IGNORED;
  const colourOf = (area, reference, found) => {
    if (area === NONE) {
      return null;
    }
    if (!area.startsWith(ERRORS)) {
      return isOrgan(found) ? colours[found - 1] : null;
    }
    if (reference === found || reference === IGNORED) {
      return null;
    }
    return found === 0 ? WRONG.missed : reference === 0 ? WRONG.extra : WRONG.other;
  };

  const draw = async () => {
    const slice = state.slice;
    const gray = await load(slice);
    if (slice !== state.slice) {
      return; // another slice was chosen meanwhile
    }
    const [, low, high] = WINDOWS[state.window];
    const picture = context.createImageData(data.width, data.height);
    const map = state.area.replace(ERRORS, '');
    const found = state.area === NONE ? null : classesOf(map);
    const reference = classesOf(names[0]);
    const outline = state.outline === NONE ? null : classesOf(state.outline);
    const {width, height} = data;
    for (let i = 0; i < gray.length; i++) {
      const shade = 255 * Math.max(0, Math.min(1, (HU[gray[i]] - low) / (high - low)));
      const colour = found && colourOf(state.area, reference[i], found[i]);
      const column = i % width;
      const border = outline && isOrgan(outline[i])
        && (column === 0 || column === width - 1 || i < width || i >= width * (height - 1)
          || outline[i - 1] !== outline[i] || outline[i + 1] !== outline[i]
          || outline[i - width] !== outline[i] || outline[i + width] !== outline[i]);
      for (let channel = 0; channel < 3; channel++) {
        picture.data[4 * i + channel] = border ? 255 : colour
          ? (1 - state.opacity) * shade + state.opacity * colour[channel] : shade;
      }
      picture.data[4 * i + 3] = 255;
    }
    context.putImageData(picture, 0, 0);
    const text = `slice ${data.slices[slice] + 1}, ${WINDOWS[state.window][0]}, areas: ${state.area},`
      + ` outline: ${state.outline}`;
    canvas.setAttribute('aria-label', text);
    place.textContent = `slice ${data.slices[slice] + 1} (${slice + 1} of ${data.slices.length})`;
    slider.value = String(slice);
    areaChoice.value = state.area;
    outlineChoice.value = state.outline;
    windowChoice.value = String(state.window);
    opacity.value = String(state.opacity);
  };

  const go = by => {
    state.slice = Math.max(0, Math.min(data.slices.length - 1, state.slice + by));
    draw();
  };

  const labelled = (text, control) => {
    const label = document.createElement('label');
    label.append(text, control);
    return label;
  };
  const choice = (values, changed) => {
    const select = document.createElement('select');
    values.forEach(([text, value]) => select.append(new Option(text, value)));
    select.addEventListener('change', () => {
      changed(select.value);
      draw();
    });
    return select;
  };
  const range = (max, step, changed) => {
    const input = document.createElement('input');
    input.type = 'range';
    input.min = '0';
    input.max = String(max);
    input.step = String(step);
    input.addEventListener('input', () => {
      changed(Number(input.value));
      draw();
    });
    return input;
  };
  const slider = range(data.slices.length - 1, 1, value => { state.slice = value; });
  const opacity = range(1, .05, value => { state.opacity = value; });
  const areaChoice = choice(areas.map(name => [name, name]), value => { state.area = value; });
  const outlineChoice = choice([...names, NONE].map(name => [name, name]),
    value => { state.outline = value; });
  const windowChoice = choice(
    WINDOWS.map(([name, low, high], i) => [`${name} (${low} to ${high} HU)`, String(i)]),
    value => { state.window = Number(value); });

  const tools = document.createElement('div');
  tools.className = 'tools';
  tools.append(labelled('slice', slider), labelled('areas', areaChoice),
    labelled('outline', outlineChoice), labelled('window', windowChoice),
    labelled('opacity', opacity));

  const screen = document.createElement('div');
  screen.className = 'screen';
  const side = document.createElement('span');
  side.className = 'side';
  side.textContent = 'R';
  side.title = "the patient's right";
  const place = document.createElement('span');
  place.className = 'place';
  place.setAttribute('aria-live', 'polite');
  screen.append(canvas, side, place);

  const help = document.createElement('p');
  help.className = 'note';
  help.innerHTML = '<kbd>↑</kbd> <kbd>↓</kbd> or mouse wheel: slice; <kbd>O</kbd>: areas on and off;'
    + ' <kbd>1</kbd> to <kbd>9</kbd>: areas of the reference and the models; <kbd>E</kbd>: errors;'
    + ' <kbd>W</kbd>: next window; <kbd>+</kbd> <kbd>-</kbd>: opacity. Errors: red is missed,'
    + ' blue is predicted and not in the reference, yellow is another organ.';
  section.append(tools, screen, help);
  section.hidden = false;

  canvas.addEventListener('wheel', event => {
    event.preventDefault();
    go(event.deltaY > 0 ? 1 : -1);
  }, {passive: false});

  let touched = null;
  canvas.addEventListener('pointerdown', event => {
    touched = {y: event.clientY, slice: state.slice};
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', event => {
    if (touched) {
      const moved = Math.round((event.clientY - touched.y) / 12);
      state.slice = Math.max(0, Math.min(data.slices.length - 1, touched.slice + moved));
      draw();
    }
  });
  const released = () => { touched = null; };
  canvas.addEventListener('pointerup', released);
  canvas.addEventListener('pointercancel', released);

  const show = area => {
    state.area = area;
    if (area !== NONE) {
      state.last = area;
    }
    draw();
  };
  const keys = {
    ArrowUp: () => go(-1),
    ArrowDown: () => go(1),
    PageUp: () => go(-10),
    PageDown: () => go(10),
    Home: () => go(-data.slices.length),
    End: () => go(data.slices.length),
    o: () => show(state.area === NONE ? state.last : NONE),
    e: () => {
      const map = state.last.replace(ERRORS, '');
      const next = state.last.startsWith(ERRORS) ? map : map === names[0] ? ERRORS + names[1]
        : ERRORS + map;
      show(areas.includes(next) ? next : map);
    },
    w: () => {
      state.window = (state.window + 1) % WINDOWS.length;
      draw();
    },
    '+': () => {
      state.opacity = Math.min(1, state.opacity + .1);
      draw();
    },
    '-': () => {
      state.opacity = Math.max(0, state.opacity - .1);
      draw();
    },
  };
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(SELECT|INPUT)$/.test(event.target.tagName)) {
      return;
    }
    const number = Number(event.key);
    const action = number >= 1 && number <= names.length ? () => show(names[number - 1])
      : keys[event.key] ?? keys[event.key.toLowerCase()];
    if (action) {
      event.preventDefault();
      action();
    }
  });
  draw();
})();
