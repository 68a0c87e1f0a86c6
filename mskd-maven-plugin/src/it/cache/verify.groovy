String log = new File(basedir, 'build.log').text
List<String> runs = log.split(/--- mskd(?:-maven-plugin)?:[^\n]*:(?:run|status)/) as List
assert runs.size() == 8

// Without a cache.
assert runs[2] =~ /After mvn clean, \d+ stages would run again, 2 of them trainings \(\d+ MiB\)\. A <cacheDirectory> outside/
// With one, which is filled.
assert runs[3].contains('student mskd: done in')
assert runs[4] =~ /mvn clean would cost nothing: \d+ results would come from the cache\./
assert new File(basedir, 'cache/.mskd-cache').isFile()
// A cache that a clean would delete, or that is a folder of the user.
assert runs[5].contains('lie in each other')
assert runs[6].contains('is not marked as a cache of mskd') || runs[6].contains('lie in each other')
assert !new File(basedir, '.mskd-cache').exists()

// A second seed: the first one is not trained again.
assert runs[7].contains('student mskd: up to date') && runs[7].contains('student mskd, replicate 2: done in')
assert runs[7].contains('Mean +/- sd over 2 seeds: 2021, 2022.')
def metrics = new groovy.json.JsonSlurper().parse(new File(basedir, 'target/mskd/evaluation/metrics.json'))
assert metrics.replicates.seeds == [2021, 2022]
assert metrics.replicates.models.mskd.liver.dice.values.size() == 2

// After a clean nothing is trained: the same bytes in seconds. Two builds at once share the cache.
File target = new File(basedir, 'target')
byte[] model = new File(target, 'cached/methods/mskd/model.mskd').bytes
byte[] lock = new File(target, 'cached/lock.json').bytes
assert target.deleteDir()
def start = evaluate(new File(basedir, '../../../src/it/start.groovy'))
String run = 'org.mskd:mskd-maven-plugin:run'
def builds = ['one', 'two'].collect { name ->
  start(new File(basedir, name + '.log'), run, '-Dmskd.cacheDirectory=cache', "-Dmskd.outputDirectory=target/$name",
    "-Dmskd.phantomDirectory=target/drawn")
}
assert builds.every { it.waitFor() == 0 }
['one', 'two'].each { name ->
  String text = new File(basedir, name + '.log').text
  assert text.contains('student mskd: finished with these inputs before, restored from ')
  assert !text.contains('student mskd: done in') && !text.contains('teacher liver: done in')
  assert new File(target, name + '/methods/mskd/model.mskd').bytes == model
  assert new File(target, name + '/lock.json').bytes == lock
}
true
