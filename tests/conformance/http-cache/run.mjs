// Runs the suite against a gate that is told of one origin, and counts as the suite's own pages do: a test passes when its result is `true`.
//   node run.mjs HEADGATE [--quick] [--id TEST] [--json FILE]
// --quick leaves out what waits (a test that pauses takes 3 s or more); --id shows the requests and responses of one test or one group.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fetch from 'node-fetch'

const here = import.meta.dirname
const suite = path.join(here, 'node_modules', 'http-cache-tests')
const option = name => process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined
const headgate = process.argv[2]
const only = option('--id')
const isQuick = process.argv.includes('--quick')
const children = []

const freePort = () => new Promise((resolve, reject) => {
  const probe = createServer().on('error', reject).listen(0, '127.0.0.1', () => {
    const { port } = probe.address()
    probe.close(() => resolve(port))
  })
})

function start (command, args, env, ready) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: suite, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    children.push(child)
    let said = ''
    const hear = chunk => {
      said += chunk
      if (only) process.stderr.write(chunk)
      if (said.includes(ready)) resolve()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', reject)
    child.on('exit', code => reject(new Error(`${command} ended with ${code}: ${said}`)))
  })
}

const counted = (tests, results) => tests.filter(test => results[test.id] === true).length
const data = await mkdtemp(path.join(tmpdir(), 'headgate-http-cache-'))
try {
  const [origin, main, listener] = [await freePort(), await freePort(), await freePort()]
  await start('node', ['server/server.mjs'], { npm_config_protocol: 'http', npm_config_port: `${origin}`, npm_config_pidfile: path.join(data, 'pid') }, 'Listening on')
  await start(headgate, ['serve', '--data-dir', path.join(data, 'gate'), '--catalogue', path.join(here, 'origin.yaml')], {
    HEADGATE_URL: `http://127.0.0.1:${main}`,
    HEADGATE_PROVIDERS__ORIGIN__BASEURL: `http://127.0.0.1:${origin}`,
    HEADGATE_PROVIDERS__ORIGIN__LISTEN: `http://127.0.0.1:${listener}`
  }, 'headgate listens on')

  const { default: suites } = await import(path.join(suite, 'tests', 'index.mjs'))
  const { default: surrogate } = await import(path.join(suite, 'tests', 'surrogate-control.mjs'))
  const { runTests, getResults } = await import(path.join(suite, 'client', 'runner.mjs'))
  suites.push(surrogate)
  const groups = suites.map(group => ({
    ...group,
    tests: group.tests.filter(test => !test.browser_only && (!only || test.id === only || group.id === only) && !(isQuick && test.requests.some(request => request.pause_after)))
  })).filter(group => group.tests.length > 0)
  if (only) groups.forEach(group => group.tests.forEach(test => { test.dump = true }))

  // An answer that never comes is a failure, not a hang.
  const patient = (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(45_000) })
  await runTests(groups, patient, false, `http://127.0.0.1:${listener}`)
  const results = getResults()
  const published = {}
  for (const name of ['nginx', 'varnish', 'squid', 'apache']) {
    published[name] = JSON.parse(await readFile(path.join(suite, 'results', `${name}.json`), 'utf8'))
  }

  const rows = groups.map(group => ({
    group: group.name,
    tests: group.tests.length,
    headgate: counted(group.tests, results),
    ...Object.fromEntries(Object.entries(published).map(([name, theirs]) => [name, counted(group.tests, theirs)]))
  }))
  const total = { group: 'all' }
  for (const column of Object.keys(rows[0]).slice(1)) total[column] = rows.reduce((sum, row) => sum + row[column], 0)
  const failed = groups.flatMap(group => group.tests.filter(test => results[test.id] !== true)
    .map(test => ({ id: test.id, kind: test.kind ?? 'required', why: results[test.id]?.join(': ') })))
  const report = { rows: [...rows, total], failed }
  if (option('--json')) await writeFile(option('--json'), JSON.stringify(report, null, 1))
  console.log('| group | tests | Headgate | nginx | Varnish | Squid | httpd |\n|---|--:|--:|--:|--:|--:|--:|')
  for (const row of report.rows) console.log(`| ${Object.values(row).join(' | ')} |`)
  console.log()
  for (const test of failed) console.log(`${test.kind.padEnd(8)} ${test.id}: ${test.why}`)
} finally {
  await Promise.all(children.map(child => new Promise(resolve => {
    child.removeAllListeners('exit')
    child.on('exit', resolve)
    child.kill()
    setTimeout(() => child.kill('SIGKILL'), 20_000).unref()
  })))
  await rm(data, { recursive: true, force: true })
}
