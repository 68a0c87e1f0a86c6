import groovy.json.JsonSlurper

String log = new File(basedir, 'build.log').text
List<String> runs = log.split(/--- mskd(?:-maven-plugin)?:[^\n]*:(?:lock|run|compare)/) as List
assert runs.size() == 9
File first = new File(basedir, 'target/mskd/lock.json')
File copy = new File(basedir, 'mskd.lock.json')

assert runs[1].contains('lock.json does not exist.')

// Two folders, the same bytes; no names of cases other than those of the drawn files, no paths.
assert first.bytes == new File(basedir, 'target/second/lock.json').bytes
assert !first.text.contains(basedir.path)
def lock = new JsonSlurper().parse(first)
assert lock.schema == 1
assert lock.data.liver.count == 2 && lock.data.test.count == 2
assert lock.data.values().every { set -> set.cases.keySet().every { it ==~ /[0-9a-f]{64}/ } }
assert lock.data.values().every { set -> set.cases.values().every { it.name == null } }
assert lock.metrics.models*.name == ['teachers', 'mskd']
assert lock.metrics.models[0].cases.every { it.id ==~ /[0-9a-f]{64}/ }
assert lock.parameters['training.epochs'] == '1'
assert lock.environment.tensors.threads == '2'
assert lock.environment.classPath.keySet().any { it.startsWith('org.mskd:mskd-samegraph:') }
assert lock.environment.classPath.find { it.key.startsWith('org.nd4j:nd4j-native:') }.value ==~ /[0-9a-f]{64}/
assert lock.stages.'student/mskd'.outputs.'methods/mskd/model.mskd'.sha256 ==~ /[0-9a-f]{64}/

// The copy.
assert runs[4].contains('mskd.lock.json is written: 2 data sets, ')
assert copy.bytes == first.bytes
assert runs[5].contains('is not the lock of this POM, its data and the results that are there now.')

// A comparison.
assert runs[7].contains('Setting ')
assert runs[7] =~ /(?m)^\[INFO\] seed +2021 +7 +2021$/
assert runs[7].contains('Dice: mskd.lock.json (first), target/third (other)')
assert runs[7] =~ /mskd +liver +2 +0\.\d{3} +0\.\d{3} +[+-]0\.\d{3}/
def compared = new JsonSlurper().parse(new File(basedir, 'target/report/comparison.json'))
assert compared.settings.seed == ['2021', '7', '2021']
// The same experiment again differs by nothing.
assert compared.differences.findAll { it.run == 'target/second' }.every { it.difference == 0 && it.n == 0 }
assert compared.differences.any { it.run == 'target/third' }
assert new File(basedir, 'target/report/comparison.md').text.contains('| seed | 2021 | 7 | 2021 |')
assert runs[8].contains('Fewer than two different runs are named.')

// A deleted lock comes back although nothing has to run.
File log2 = new File(basedir, 'again.log')
assert first.delete()
def start = evaluate(new File(basedir, '../../../src/it/start.groovy'))
assert start(log2, 'org.mskd:mskd-maven-plugin:run').waitFor() == 0
assert log2.text.contains('student mskd: up to date')
assert first.bytes == copy.bytes
