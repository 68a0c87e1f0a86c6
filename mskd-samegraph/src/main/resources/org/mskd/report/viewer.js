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
  // Map 0 is the reference, map n the n-th model. A choice of areas is a map, and whether only its
  // errors are shown; NONE is no map.
  const NONE = -1;
  const names = ['reference', ...data.models];
  const state = {slice: data.shown, map: 1, errors: false, outline: 0, window: 0, opacity: .45,
    last: 1};
  // A link to a finding names the organ and the model: #organ-2-model-1.
  const wanted = /^#organ-(\d+)-model-(\d+)$/.exec(window.location.hash);
  if (wanted && names[Number(wanted[2])] !== undefined) {
    const largest = data.largest[Number(wanted[1]) - 1] ?? -1;
    state.slice = largest < 0 ? state.slice : largest;
    state.map = Number(wanted[2]);
    state.last = state.map;
  }

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
  const classesOf = map => decode(data.maps[map][state.slice]);

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
  canvas.setAttribute('role', 'application');
  canvas.setAttribute('aria-roledescription', 'slice viewer');
  canvas.setAttribute('aria-describedby', 'viewer-keys');
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
  const colourOf = (reference, found) => {
    if (!state.errors) {
      return isOrgan(found) ? colours[found - 1] : null;
    }
    if (reference === found || reference === IGNORED) {
      return null;
    }
    if (found === 0) {
      return WRONG.missed;
    }
    if (reference === 0) {
      return data.annotated[found - 1] ? WRONG.extra : null; // else it is unknown what is right
    }
    return WRONG.other;
  };

  const draw = async () => {
    const slice = state.slice;
    let gray;
    try {
      gray = await load(slice);
    } catch (error) {
      grays.delete(slice);
      place.textContent = `slice ${data.slices[slice] + 1} cannot be shown`;
      return;
    }
    if (slice !== state.slice) {
      return; // another slice was chosen meanwhile
    }
    const [, low, high] = WINDOWS[state.window];
    const picture = context.createImageData(data.width, data.height);
    const found = state.map === NONE ? null : classesOf(state.map);
    const reference = classesOf(0);
    const outline = state.outline === NONE ? null : classesOf(state.outline);
    const {width, height} = data;
    for (let i = 0; i < gray.length; i++) {
      const shade = 255 * Math.max(0, Math.min(1, (HU[gray[i]] - low) / (high - low)));
      const colour = found && colourOf(reference[i], found[i]);
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
    const where = `slice ${data.slices[slice] + 1}`;
    const area = state.map === NONE ? 'none'
      : (state.errors ? 'errors of ' : '') + names[state.map];
    const outlined = state.outline === NONE ? 'none' : names[state.outline];
    canvas.setAttribute('aria-label',
      `${where}, window ${WINDOWS[state.window][0]}, areas: ${area}, outline: ${outlined}`);
    place.textContent = where;
    slider.value = String(slice);
    slider.setAttribute('aria-valuetext', where);
    areaChoice.value = valueOf(state.map, state.errors);
    outlineChoice.value = String(state.outline);
    windowChoice.value = String(state.window);
    opacity.value = String(state.opacity);
  };
  const valueOf = (map, errors) => (errors ? 'e' : '') + map;

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
  const areaChoice = choice(
    [...names.map((name, map) => [name, valueOf(map, false)]),
      ...data.models.map((name, i) => ['errors of ' + name, valueOf(i + 1, true)]),
      ['none', valueOf(NONE, false)]],
    value => {
      state.errors = value.startsWith('e');
      state.map = Number(value.replace('e', ''));
      state.last = state.map === NONE ? state.last : state.map;
    });
  const outlineChoice = choice(
    [...names.map((name, map) => [name, String(map)]), ['none', String(NONE)]],
    value => { state.outline = Number(value); });
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
  help.id = 'viewer-keys';
  help.innerHTML = 'In the picture: <kbd>↑</kbd> <kbd>↓</kbd> or mouse wheel: slice; <kbd>O</kbd>: areas on and off;'
    + ' <kbd>1</kbd> to <kbd>9</kbd>: areas of the reference and the models; <kbd>E</kbd>: errors;'
    + ' <kbd>W</kbd>: next window; <kbd>+</kbd> <kbd>-</kbd>: opacity. Errors: red is missed,'
    + ' blue is predicted and not in the reference, yellow is another organ.';
  section.append(tools, screen, help);
  section.hidden = false;

  // A trackpad sends many small steps: a slice per 40 pixels. Ctrl is left to the browser's zoom.
  let wheel = 0;
  canvas.addEventListener('wheel', event => {
    if (event.ctrlKey || event.deltaY === 0) {
      return;
    }
    event.preventDefault();
    wheel += event.deltaY * (event.deltaMode === 0 ? 1 : 40);
    const slices = Math.trunc(wheel / 40);
    if (slices !== 0) {
      wheel -= 40 * slices;
      go(Math.abs(slices) > 3 ? 3 * Math.sign(slices) : slices);
    }
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

  const show = (map, errors) => {
    state.map = map;
    state.errors = errors;
    state.last = map === NONE ? state.last : map;
    draw();
  };
  const keys = {
    ArrowUp: () => go(-1),
    ArrowDown: () => go(1),
    PageUp: () => go(-10),
    PageDown: () => go(10),
    Home: () => go(-data.slices.length),
    End: () => go(data.slices.length),
    o: () => show(state.map === NONE ? state.last : NONE, state.errors),
    e: () => show(Math.max(1, state.last), !state.errors),
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
  canvas.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const number = Number(event.key);
    const action = number >= 1 && number <= names.length ? () => show(number - 1, false)
      : keys[event.key] ?? keys[event.key.toLowerCase()];
    if (action) {
      event.preventDefault();
      action();
    }
  });
  draw();
})();
