import java.util.concurrent.TimeUnit

// Each way in which a run can end has one last line that reports it.
File output = new File(basedir, 'target/mskd')
File log = new File(basedir, 'ended.log')
File waitingLog = new File(basedir, 'waiting.log')
def startBuild = evaluate(new File(basedir, '../../../src/it/start.groovy'))

/** Starts a build and waits until its log contains a whole line with the given text, and a little longer. */
def start = { String awaited, long millis, String... arguments ->
  log.text = ''
  def maven = startBuild(log, 'mskd:run', *arguments)
  while (maven.alive && !log.text.find(java.util.regex.Pattern.quote(awaited) + '[^\n]*\n')) {
    Thread.sleep(5)
  }
  assert maven.alive : log.text
  Thread.sleep(millis)
  maven
}
def ended = { maven ->
  def workers = maven.toHandle().descendants().toList()
  assert maven.waitFor(100, TimeUnit.SECONDS)
  workers.each { it.onExit().get(100, TimeUnit.SECONDS) }
  // A terminal is left in its usual colours by Maven's own last bytes.
  log.text.replaceAll(/\u001b\[[0-9;]*m/, '').readLines().findAll { !it.isBlank() }.last()
}
def cancelled = { String awaited, long millis, String... arguments ->
  def maven = start(awaited, millis, arguments)
  maven.destroy() // SIGTERM, which Maven's JVM handles like Ctrl-C
  ended(maven)
}

// Before the worker has started, in a stage that keeps nothing, in a training, in a resumed training.
assert cancelled('Backend ', 0) == '[INFO] Cancelled before anything was done.' ||
  log.text =~ /Cancelled[^\n]*\n*$/
String early = cancelled('phantoms: ', 0)
assert early.startsWith('[INFO] Cancelled') && early.contains('un the same goal again') : early
String first = cancelled('teacher liver: 2000 steps', 3000, '-Dmskd.epochs=40')
assert first ==~ /\[INFO] Cancelled: teacher liver at iteration \d+ of 2000, with a checkpoint\. Run the same goal again: it resumes there\./
int at = (first =~ /iteration (\d+) of/)[0][1] as int
String second = cancelled('teacher liver: resuming at iteration', 1000, '-Dmskd.epochs=40')
assert log.text.contains("teacher liver: resuming at iteration $at of 2000")
// After a step, or before the first one since.
assert second =~ /with a checkpoint|last checkpoint: teacher liver at iteration $at of 2000/ : second

// Another build waits: it reports its own messages and its own end.
def working = start('teacher liver: resuming at iteration', 0, '-Dmskd.epochs=40')
def waiting = startBuild(waitingLog, 'mskd:run')
while (waiting.alive && !waitingLog.text.contains('Ctrl-C ends the wait')) {
  Thread.sleep(10)
}
waiting.destroy()
assert waiting.waitFor(100, TimeUnit.SECONDS)
assert waitingLog.text.contains('Cancelled while waiting for the output directory, before anything was done.')
assert working.alive : log.text

// The output directory is removed in a training, as mvn clean does: the worker ends by itself, and shares nothing with
// the next build.
for (int i = 0; i < 100 && output.exists(); i++) { // the worker may write while it is deleted
  output.deleteDir()
  Thread.sleep(10)
}
assert !output.exists()
def next = startBuild(waitingLog, 'mskd:prepare')
assert next.waitFor() == 0 : waitingLog.text
ended(working)
assert log.text.contains("$output or its file .lock was removed during the run, as mvn clean does.") : log.text
assert !log.text.contains('disk') && !log.text.contains('worker.log')
assert !new File(output, 'checkpoints').exists()
assert !new File(output, 'teachers').exists()

// A worker that is killed: the kept results are reported.
def victim = start('teacher liver: 2000 steps', 4000, '-Dmskd.epochs=40', '-Dmskd.checkpointEvery=2')
victim.toHandle().descendants().forEach { it.destroyForcibly() }
ended(victim)
assert log.text =~ /The worker was killed \(signal 9\) during teacher liver; last checkpoint: teacher liver at iteration \d+ of 2000/
