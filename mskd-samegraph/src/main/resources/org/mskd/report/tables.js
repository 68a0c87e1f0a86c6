'use strict';
// Sorts tables by the numbers in data-key, or by text. Headings become buttons, so keys work too.
// What is undefined, an empty data-key, stays last in both orders.
for (const table of document.querySelectorAll('table.sortable')) {
  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[0].cells];
  const value = (row, column) => {
    const cell = row.cells[column];
    const key = cell.dataset.key;
    return key === undefined ? cell.textContent.trim() : key === '' ? null : Number(key);
  };
  headings.forEach((heading, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.title = 'Sort';
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener('click', () => {
      const text = typeof value(body.rows[0], column) === 'string';
      const before = heading.getAttribute('aria-sort');
      const first = text ? 'ascending' : 'descending';
      const order = before === null ? first : before === 'ascending' ? 'descending' : 'ascending';
      headings.forEach(other => other.removeAttribute('aria-sort'));
      heading.setAttribute('aria-sort', order);
      const sign = order === 'ascending' ? 1 : -1;
      const rows = [...body.rows].sort((a, b) => {
        const x = value(a, column);
        const y = value(b, column);
        if (x === null || y === null) {
          return (x === null ? 1 : 0) - (y === null ? 1 : 0);
        }
        return sign * (text ? x.localeCompare(y, undefined, {numeric: true}) : x - y);
      });
      body.append(...rows);
    });
  });
}
