import groovy.json.JsonSlurper
import java.util.concurrent.TimeUnit

// Kills Maven itself, -Dit.kills=20 times: first during a teacher's training, then at random moments. Each time the
// worker must end by itself, and the next build resumes; the last one runs to its end.
int kills = Integer.getInteger('it.kills', 3)
long seed = Long.getLong('it.seed', System.nanoTime())
Random random = new Random(seed)
File output = new File(basedir, 'target/mskd')
File undisturbed = new File(basedir, 'target/undisturbed')
String history = "seed $seed"

File log = new File(basedir, 'killed.log')
def startBuild = evaluate(new File(basedir, '../../../src/it/start.groovy'))
// The lines of this build's worker; an unfinished one does not count.
File events = new File(output, 'events.jsonl')
def eventsAfter = { String before ->
  String text = events.exists() ? events.text : ''
  if (text.indexOf('\n') < 0 || text.startsWith(before)) {
    return []
  }
  text.substring(0, text.lastIndexOf('\n')).readLines().collect { new JsonSlurper().parseText(it) }
}
double seconds = new File(undisturbed, 'events.jsonl').readLines()
  .collect { new JsonSlurper().parseText(it) }.findAll { it.event == 'stageDone' }.sum { it.seconds }

boolean resumed = false
for (int i = 0; i < kills; i++) {
  String before = events.exists() && events.length() > 0 ? events.readLines()[0] : 'none'
  def maven = startBuild(log, 'mskd:run')
  def wait = { Closure condition ->
    while (maven.alive && !condition()) {
      Thread.sleep(2)
    }
  }
  wait { eventsAfter(before).any { it.event == 'workerStarted' } }
  if (i == 0) {
    wait { eventsAfter(before).any { it.event == 'progress' && it.stage == 'teacher liver' } }
  } else {
    Thread.sleep((long) (random.nextDouble() * 2000 * seconds / kills))
  }
  def workers = maven.toHandle().descendants().toList()
  boolean whole = !maven.alive
  maven.destroyForcibly().waitFor()
  workers.each { it.onExit().get(100, TimeUnit.SECONDS) } // without Maven
  history += "; kill ${i + 1} after ${eventsAfter(before).findAll { it.event != 'progress' }.collect { it.stage ?: it.event }}"
  assert i > 0 || (workers && !whole) : history
  assert !whole || log.text.contains('BUILD SUCCESS') : history + '\n' + log.text
  if (i == 0) {
    assert eventsAfter(before).any { it.event == 'message' && it.text.contains('a checkpoint written') } : history
    boolean checkpoint = false
    new File(output, 'checkpoints/teacher/liver').eachFileRecurse { checkpoint |= it.name.endsWith('.ckpt') }
    assert checkpoint : history
  }
  resumed |= eventsAfter(before).any { it.event == 'resumed' && it.stage == 'teacher liver' }
}

def last = startBuild(log, 'mskd:run')
assert last.waitFor() == 0 : history + '\n' + log.text
assert resumed || log.text.contains('teacher liver: resuming at iteration') : history + '\n' + log.text

def digests = { File folder ->
  def found = new TreeMap()
  folder.eachFileRecurse(groovy.io.FileType.FILES) {
    String path = folder.toPath().relativize(it.toPath()).toString().replace('\\', '/')
    if (!(path ==~ /logs\/.*|\.runs\/.*|events\.jsonl|\.lock|\.owner\.json|digests\.json|.*timings\.json|report\/index\.html/)) {
      found[path] = it.bytes.digest('SHA-256')
    }
  }
  found
}
assert new File(output, '.runs').list().length == 0 : history // the requests of the killed builds
def expected = digests(undisturbed)
def actual = digests(output)
def different = (expected.keySet() + actual.keySet()).findAll { expected[it] != actual[it] }
assert different.isEmpty() : history
