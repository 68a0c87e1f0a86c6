import groovy.json.JsonSlurper

String log = new File(basedir, 'build.log').text
File output = new File(basedir, 'target/mskd')
File again = new File(basedir, 'target/again')

// All files exist, and the table is printed.
def metrics = new JsonSlurper().parse(new File(again, 'evaluation/metrics.json'))
assert metrics.schema == 3
assert metrics.testSet == 'multi-organ-test'
assert metrics.models*.name == ['teachers', 'mskd']
assert metrics.models*.passes == [2, 1]
assert metrics.models.every { it.organs.keySet() == ['liver', 'spleen'] as Set }
assert metrics.models.every { model -> model.cases.every { it.dice >= 0 && it.dice <= 1 } }
assert log =~ /Dice\s+liver\s+spleen\s+mean/
assert log.contains('Means     surface Dice')
def csv = { String name -> new File(again, "evaluation/$name").readLines('UTF-8')*.split(',', -1) }
assert csv('cases.csv').drop(1).collect { it[0] + ' ' + it[2] } ==
  ['teachers liver', 'teachers spleen', 'mskd liver', 'mskd spleen']
assert csv('summary.csv').drop(1).collect { it[0] + ' ' + it[1] } ==
  ['teachers liver', 'teachers spleen', 'teachers mean', 'mskd liver', 'mskd spleen', 'mskd mean']
['teachers', 'mskd'].each {
  assert new File(again, "predictions/$it").list().length == 1
}
assert new File(again, 'methods/mskd/history.jsonl').readLines().size() == 20

// Without a change no stage ran again; after a change only the dependent stages did.
List<String> runs = log.split(/--- mskd(?:-maven-plugin)?:[^\n]*:(?:run|distill|doctor|status|export|report)/) as List
assert runs.size() == 11
['teacher liver', 'teacher spleen', 'student mskd', 'evaluate teachers', 'evaluate mskd', 'metrics'].each {
  assert runs[1].contains("$it: done in")
  assert runs[2].contains("$it: up to date")
  assert runs[3].contains("$it: done in")
}
assert runs[4].contains('teacher liver: up to date')
assert runs[4].contains('student mskd: done in')

// The teacher outputs were stored once and the student was trained on them. Only trainings wait for data.
assert runs[1].contains('store encoder-1-sorted: done in')
assert runs[2].contains('store encoder-1-sorted: up to date')
assert runs[1] =~ /student mskd: done in [^\n]*, waited [^\n]* for data/
assert !(runs[1] =~ /store encoder-1-sorted: done in [^\n]*waited/)
assert new JsonSlurper().parse(new File(again, 'stores/encoder-1-sorted/store.json')).stored
assert new File(again, 'stores/encoder-1-sorted/teachers.targets').bytes ==
  new File(output, 'stores/encoder-1-sorted/teachers.targets').bytes

// Equal experiments give equal bytes.
['teachers/liver/model.mskd', 'teachers/spleen/model.mskd', 'teachers/liver/history.jsonl'].each {
  assert new File(output, it).bytes == new File(again, it).bytes
}
assert metrics == new JsonSlurper().parse(new File(output, 'evaluation/metrics.json'))

// The doctor finds no error in the chosen backend.
assert runs[5].contains('right')
assert !runs[5].contains('WRONG')

// Its worker had the variables and the JDK of the POM, which are inputs where they can change a result.
assert new File(output, 'logs/worker.log').text.contains('OMP_DYNAMIC = ')
String release = System.getProperty('java.specification.version')
assert runs[10].contains("teacher liver: would run: environment OMP_DYNAMIC none -> false, JDK of the worker none -> $release\n")
assert runs[10].contains('prepare liver: up to date')
assert !(runs[10] =~ /would run: [^\n]*OMP_DISPLAY_ENV/)
// Values that may be passwords are not shown.
assert runs[10] =~ /jdkToolchain\/vendor +it / && runs[10] =~ /jvmArguments\/jvmArgument 2 +-Dmy\.text=\.\.\. /
assert runs[10] =~ /environment\/OMP_DISPLAY_ENV +\.\.\. / && !runs[10].contains('of two words')

// Output of libraries goes to the log, not to the build.
assert !log.contains('Added differentiated op')
assert !log.contains('Backend build information')

// The student of the first run was kept, and its scores are valid. Another seed affects all trainings.
['teacher liver: up to date', 'student mskd: would be restored from kept results: featureWeight 0 -> 10',
 'evaluate mskd: up to date', 'metrics: up to date', 'Nothing was changed.'].each {
  assert runs[6].contains(it) : it
}
['prepare liver: up to date', 'teacher liver: would run: seed 2021 -> 9',
 'student mskd: would run: featureWeight 0 -> 10, seed 2021 -> 9',
 'evaluate mskd: would run: seed 2021 -> 9', 'metrics: may run: after evaluate mskd, evaluate teachers'].each {
  assert runs[7].contains(it) : it
}
assert !runs[6].contains('Resolving') && !new File(output, '.runs').list()

// The student predicts the test scans from its model alone, in a folder without a POM: the same bytes as evaluate.
String version = new groovy.xml.XmlSlurper().parse(new File(basedir, 'pom.xml')).build.plugins.plugin.version
String predict = "org.mskd:mskd-maven-plugin:$version:predict"
folder = new File(basedir, 'next scans')
folder.mkdirs()
def startBuild = evaluate(new File(basedir, '../../../src/it/start.groovy'))
def build = { String name, Object... arguments ->
  File text = new File(basedir, name)
  int exit = startBuild(text, arguments*.toString() as String[]).waitFor()
  [exit: exit, log: text.text]
}
File model = new File(again, 'methods/mskd/model.mskd')
File scans = new File(basedir, 'target/drawn/multi-organ-test')
def given = ["-Dmskd.model=$model", "-Dmskd.input=$scans", '-Dmskd.threads=2']
def nothing = build('nothing.log', predict, given[0])
assert nothing.exit != 0 && nothing.log.contains('<input> is missing. Give -Dmskd.input=')
assert folder.list().length == 0
def predicted = build('predict.log', predict, *given)
assert predicted.exit == 0
assert predicted.log =~ /: liver (not found|[0-9.]+ ml), spleen /
assert new File(folder, 'predictions').list().findAll { it.endsWith('.nii.gz') } ==
  new File(again, 'predictions/mskd').list() as List
new File(again, 'predictions/mskd').eachFile {
  assert it.bytes == new File(folder, "predictions/$it.name").bytes
}
assert folder.list() == ['predictions'] as String[]
assert new JsonSlurper().parse(new File(folder, 'predictions/dataset.json')).labels == [background: 0, liver: 1, spleen: 2]
assert new File(folder, 'predictions/volumes.csv').readLines().size() == 3
def unchanged = build('predict-again.log', predict, *given, '-Dmskd.output=predictions')
assert unchanged.exit == 0
assert unchanged.log.contains('Done: everything is up to date.')
def elsewhere = build('elsewhere.log', predict, *given, "-Dmskd.output=$scans")
assert elsewhere.exit != 0
assert elsewhere.log.contains('is not marked as an output directory of mskd') && elsewhere.log.contains('<output>')

// The export was checked on the slices of the test set, and its card has the scores; a run of its own, without a POM, gives
// the same bytes.
assert runs[8] =~ /export mskd: [^\n]*mskd\.onnx, 0\.\d MB; ONNX Runtime [0-9.]+: largest difference [^\n]* on 12 slices, /
assert runs[8].contains('Done.') && !runs[8].contains('not up to date') && !runs[8].contains('was not evaluated')
File exported = new File(again, 'export')
assert exported.list().sort() == ['MODEL_CARD.md', 'mskd.onnx']
String card = new File(exported, 'MODEL_CARD.md').text
['All scans are phantoms', 'Test set `multi-organ-test`', '| liver | 1 | 0.', '| liver | 2 |', '| all that this network was trained on | 4 |'].each {
  assert card.contains(it) : it
}
assert !card.contains('test-001') && !card.contains(basedir.path)
def file = build('export.log', "org.mskd:mskd-maven-plugin:$version:export", "-Dmskd.model=$model", '-Dmskd.exportCheck=false')
assert file.exit == 0
assert file.log =~ /export mskd: [^\n]*, 0\.\d MB; not checked/
assert new File(folder, 'export/mskd.onnx').bytes == new File(exported, 'mskd.onnx').bytes

// A run ends with its report and the command to predict; a report of its own says what is up to date.
File report = new File(output, 'report')
assert runs[1].contains("Report: $report${File.separator}index.html")
assert runs[1].contains('Next: mvn mskd:predict -Dmskd.model=target/mskd/methods/mskd/model.mskd -Dmskd.input=SCANS')
assert runs[2].contains('Done: everything is up to date.') && runs[2].contains('Report: ')
assert new File(report, 'cases/1/strip-2.jpg').length() > 0 && new File(report, 'lib/echarts.min.js').length() > 0
assert new File(report, 'index.html').text.contains('<td>ran</td>')
assert new File(output, 'methods/mskd/history.csv').readLines().size() == 21
File bare = new File(again, 'report')
assert runs[9].contains("Report: $bare${File.separator}index.html") && !runs[9].contains('Resolving natives')
assert new File(bare, 'index.html').text.contains('<th scope="row">student mskd</th><td>up to date</td>')
assert !new File(bare, 'cases/1').exists()
true
