'use strict';

const TOP = 5;
const TOKEN = 'braid-token';
const find = (id) => document.getElementById(id);
const answer = find('answer');
let lines = [];
let picture = null;
let asked = 0;
let shown = '';

/** An element with a class and a text. */
function element(name, text = '', className = '') {
  const created = document.createElement(name);
  created.textContent = text;
  if (className) {
    created.className = className;
  }
  return created;
}

function percent(share) {
  const rounded = (100 * share).toFixed(1);
  if (share > 0 && rounded === '0.0') {
    return '< 0.1 %';
  }
  return share < 1 && rounded === '100.0' ? '> 99.9 %' : rounded + ' %';
}

/** Sends a request; what the server refuses is an error with its sentence. */
async function send(address, options = {}) {
  const token = sessionStorage.getItem(TOKEN);
  const headers = token ? { Authorization: 'Bearer ' + token } : {};
  let response;
  try {
    response = await fetch(address, { ...options, headers: { ...headers, ...options.headers } });
  } catch {
    throw new Error('The server cannot be reached.');
  }
  const said = await response.json().catch(() => ({}));
  if (response.status === 401) {
    find('token-form').hidden = false;
    find('token').focus();
  }
  if (!response.ok) {
    throw new Error(said.error || 'The server refused (status ' + response.status + ').');
  }
  return said;
}

/** A list of names with bars. */
function bars(items) {
  const list = element('ul', '', 'bars');
  for (const { name, share } of items) {
    const bar = element('div', '', 'bar');
    bar.style.width = 100 * share + '%';
    const track = element('div', '', 'track');
    track.setAttribute('aria-hidden', 'true');
    track.append(bar);
    const item = element('li');
    item.append(element('span', name), track, element('span', percent(share), 'share'));
    list.append(item);
  }
  return list;
}

/** Why this task answered. */
function reason(said, known) {
  if (known) {
    return 'You named the domain ' + known + ', so its expert answered alone.';
  }
  if (said.experts.length === 0) {
    return said.tasks.length === 0 || said.isOfNoTask
      ? 'The base model answered.'
      : 'One model answered for all domains.';
  }
  const asked = said.experts.join(', ');
  return said.experts.length === 1
    ? 'The expert for ' + asked + ' answered.'
    : 'The experts for ' + asked + ' answered together.';
}

function show(said, known) {
  const best = said.labels[0];
  const parts = [element('h2', best.className)];
  parts.push(element('p', percent(best.probability) + (best.task ? ', domain ' + best.task : '')));
  if (said.isOfNoTask && !known) {
    parts.push(
      element('p', 'The picture looks like none of the learned domains: do not trust the answer.', 'warning'));
  }
  if (said.labels.length > 1) {
    parts.push(element('h3', 'Most probable classes'));
    parts.push(bars(said.labels.map((label) => ({ name: label.className, share: label.probability }))));
  }
  if (said.tasks && said.tasks.length > 0 && !known) {
    parts.push(element('h3', 'Which domain the picture is from'));
    parts.push(bars(said.tasks.map((task) => ({ name: task.task, share: task.probability }))));
  }
  parts.push(element('p', reason(said, known), 'quiet'));
  parts.push(element('p', 'Version ' + said.version + ', model ' + said.digest.slice(0, 12), 'quiet'));
  answer.replaceChildren(...parts);
}

function fail(error) {
  answer.replaceChildren(element('p', error.message, 'error'));
}

/** Asks about the chosen picture; only the answer to the last question is shown. */
async function ask() {
  if (!picture || !find('line').value) {
    return;
  }
  const question = ++asked;
  const known = find('task').value;
  const query = new URLSearchParams({ detail: 'true', top: String(TOP) });
  const names = ownNames();
  if (known) {
    query.set('task', known);
  }
  if (names.length > 0) {
    query.set('classes', names.join(','));
  }
  answer.setAttribute('aria-busy', 'true');
  answer.replaceChildren(element('p', 'Looking at the picture …', 'quiet'));
  try {
    const said = await send('predictions/' + encodeURIComponent(find('line').value) + '?' + query, {
      method: 'POST',
      body: picture,
      headers: { 'Content-Type': 'application/octet-stream' },
    });
    if (question === asked) {
      show(said, known);
    }
  } catch (error) {
    if (question === asked) {
      fail(error);
    }
  }
  if (question === asked) {
    answer.setAttribute('aria-busy', 'false');
  }
}

function ownNames() {
  return find('classes').value.split(/[\n,]/).map((name) => name.trim()).filter(Boolean);
}

/** The server takes a domain or class names, not both. */
function exclude() {
  find('classes').disabled = find('task').value !== '';
  find('task').disabled = find('task').value === '' && ownNames().length > 0;
}

function choose(file) {
  if (!file) {
    return;
  }
  picture = file;
  URL.revokeObjectURL(shown);
  shown = URL.createObjectURL(file);
  find('preview').src = shown;
  find('preview').hidden = false;
  ask();
}

function showLine() {
  const line = lines.find((each) => each.line === find('line').value);
  const options = [new Option('Not known', '')];
  for (const { task } of line ? line.tasks : []) {
    options.push(new Option(task, task));
  }
  find('task').replaceChildren(...options);
  exclude();
  const classes = line ? line.tasks.reduce((sum, task) => sum + task.classes.length, 0) : 0;
  find('model').textContent = !line
    ? 'No version can answer yet.'
    : line.tasks.length === 0
      ? 'The model has learned nothing yet: name classes of your own under Options.'
      : 'The model knows ' + classes + ' classes of ' + line.tasks.length + ' domains: '
        + line.tasks.map((task) => task.task).join(', ') + '.';
}

async function start() {
  try {
    lines = (await send('tasks')).lines;
    find('token-form').hidden = true;
    find('line').replaceChildren(...lines.map(({ line }) => new Option(line, line)));
    find('lines').hidden = lines.length < 2;
    showLine();
    ask();
  } catch (error) {
    find('model').textContent = error.message;
  }
}

find('file').addEventListener('change', (event) => choose(event.target.files[0]));
find('preview').addEventListener('error', () => { find('preview').hidden = true; });
find('line').addEventListener('change', () => { showLine(); ask(); });
find('task').addEventListener('change', () => { exclude(); ask(); });
find('classes').addEventListener('input', exclude);
find('form').addEventListener('submit', (event) => { event.preventDefault(); ask(); });
find('token-form').addEventListener('submit', (event) => {
  event.preventDefault();
  sessionStorage.setItem(TOKEN, find('token').value);
  start();
});
document.addEventListener('paste', (event) => {
  const file = [...event.clipboardData.files].find((each) => each.type.startsWith('image/'));
  choose(file);
});
for (const kind of ['dragenter', 'dragover']) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    find('drop').classList.add('over');
  });
}
document.addEventListener('dragleave', () => find('drop').classList.remove('over'));
document.addEventListener('drop', (event) => {
  event.preventDefault();
  find('drop').classList.remove('over');
  choose(event.dataTransfer.files[0]);
});
start();
