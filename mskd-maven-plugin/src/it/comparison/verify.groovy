import groovy.json.JsonSlurper

String log = new File(basedir, 'build.log').text
File output = new File(basedir, 'target/mskd')
def json = { File file -> new JsonSlurper().parse(file) }
List<String> runs = log.split(/--- mskd(?:-maven-plugin)?:[^\n]*:(?:run|distill)/) as List
assert runs.size() == 6

List<String> students = ['mskd', 'supervised', 'self-training', 'marginal', 'soft-labels', 'hinton', 'conditional',
  'dodnet', 'pann', 'co-training', 'ltuda']
def metrics = json(new File(output, 'evaluation/metrics.json'))
assert metrics.models*.name == ['teachers'] + students
def model = metrics.models.collectEntries { [it.name, it] }
students.each { name ->
  assert runs[1].contains("student $name: done in")
  assert runs[2].contains("student $name: up to date")
  assert new File(output, "predictions/$name").list().length == 2
  def history = new File(output, "methods/$name/history.jsonl").readLines().collect { new JsonSlurper().parseText(it) }
  assert history.size() == 8
  assert history.every { it.loss.toString().isNumber() && it.gradientNorm > 0 } : name
}

// Passes, heads and parameters.
assert metrics.models.findAll { it.passes != 1 }.collectEntries { [it.name, it.passes] } == [teachers: 2, conditional: 2]
assert metrics.models.findAll { it.heads != 1 }.collectEntries { [it.name, it.heads] } == [dodnet: 2]
List<String> plain = students - ['conditional', 'dodnet']
assert plain.every { model[it].parameters == model.mskd.parameters }
// A teacher has one output less than a student of two organs: base 4 weights and a bias.
assert model.teachers.parameters == 2 * (model.mskd.parameters - 5)

// The size prior is a stage of its own; the teachers' logits are stored once for all methods that need just them.
assert runs[1].count('store logits-multi-organ: done in') == 1
assert runs[1].count('sizes of organs: done in') == 1
assert runs[2].contains('sizes of organs: up to date')

// Times of training and of prediction.
def timings = json(new File(output, 'evaluation/timings.json')).models
assert timings.keySet() == model.keySet()
timings.each { name, times ->
  assert times.trainingSecondsPerIteration > 0 && times.predictionSecondsPerVolume > 0 : name
}

// One table: the highest mean first, the difference to mskd on every other line.
List<String> lines = runs[1].readLines()*.replaceFirst(/^\[INFO\] /, '')
int heading = lines.findIndexOf { it.startsWith('Dice ') }
assert lines[heading] =~ /^Dice +liver +spleen +mean +passes +to mskd$/
List<String> table = lines.subList(heading + 1, heading + 1 + metrics.models.size())
assert table.collect { it.split(/\s+/)[0] } as Set == model.keySet()
int mean = lines[heading].indexOf('mean')
List<Double> means = table.collect { it.substring(mean, mean + 5) as double }
assert means == means.sort(false).reverse()
table.each {
  assert it.startsWith('mskd ') != (it =~ /[+-]0\.\d{3} \[-?0\.\d{3}, -?0\.\d{3}\]$/).find() : it
}
assert table.find { it.startsWith('dodnet ') }.contains('1 (2 heads)')

// Students of another network predict scans from their model alone: the bytes of evaluate.
def startBuild = evaluate(new File(basedir, '../../../src/it/start.groovy'))
['conditional', 'dodnet'].each { name ->
  File text = new File(basedir, "predict-${name}.log")
  int exit = startBuild(text, 'mskd:predict', "-Dmskd.model=target/mskd/methods/$name/model.mskd",
    '-Dmskd.input=target/drawn/multi-organ-test', "-Dmskd.output=target/$name", '-Dmskd.threads=2').waitFor()
  assert exit == 0 : text.text
  new File(output, "predictions/$name").eachFile {
    assert it.bytes == new File(basedir, "target/$name/$it.name").bytes
  }
}

// What is missing is named, before anything is trained.
assert runs[3] =~ /Failed to execute goal .*[Mm]ethod pann needs .*<sizePrior>/
assert runs[4] =~ /Failed to execute goal .*Method supervised needs labels of all organs \(liver, spleen\)/
[3, 4].each { assert !(runs[it] =~ /(teacher|student) [^:\n]+: done in/) }
assert runs[5].contains('student pann: done in')
