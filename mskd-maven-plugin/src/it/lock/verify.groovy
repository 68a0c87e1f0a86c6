import groovy.json.JsonSlurper

String log = new File(basedir, 'build.log').text
List<String> runs = log.split(/--- mskd(?:-maven-plugin)?:[^\n]*:(?:lock|run|compare|reproduce|check)/) as List
assert runs.size() == 14
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

// Reproduced in a folder of its own, phantoms included; the lock is only read.
assert runs[9].contains('Parameters, code and data are those of ')
assert runs[9].contains('student mskd: done in') && runs[9].contains('phantoms: done in')
assert runs[9].contains('Reproduced: all files have the bytes of the lock.')
assert copy.bytes == first.bytes
assert new File(basedir, 'target/mskd-reproduce/phantoms/liver').isDirectory()
// A finished reproduction does not count for the next one.
assert runs[10].contains('student mskd: done in')
assert runs[10].contains('Another environment: threads: 2 in the lock, 1 now.')
assert runs[10].contains('Reproduced in another environment')
assert runs[11].contains('This is not the experiment of the lock:')
assert runs[11].contains('seed: 2021 in the lock, 7 now')
assert !runs[11].contains('teacher')

// A rule that refers to the lock.
assert runs[12].contains('Rule met: dice of mean, mskd: not worse than mskd.lock.json by more than 0; is 0.')
assert runs[13].contains('is a file of this run itself')

// A deleted lock comes back although nothing has to run.
File log2 = new File(basedir, 'again.log')
assert first.delete()
def start = evaluate(new File(basedir, '../../../src/it/start.groovy'))
assert start(log2, 'org.mskd:mskd-maven-plugin:run').waitFor() == 0
assert log2.text.contains('student mskd: up to date')
assert first.bytes == copy.bytes

// A changed digest of the data is found before anything is trained, one of a result at the end.
def reproduce = { String name, Closure change ->
  def changed = new JsonSlurper().parse(copy)
  change(changed)
  new File(basedir, name + '.json').text = groovy.json.JsonOutput.toJson(changed)
  File text = new File(basedir, name + '.log')
  int exit = start(text, 'org.mskd:mskd-maven-plugin:reproduce', "-Dmskd.lock=${name}.json").waitFor()
  [exit: exit, log: text.text]
}
def data = reproduce('data') { it.data.liver.cases.values().first().files['image.nii.gz'] = '0' * 64 }
assert data.exit != 0 && data.log.contains('data.liver, case ') && !data.log.contains('student mskd')
def result = reproduce('result') { it.stages.'student/mskd'.outputs.'methods/mskd/model.mskd'.sha256 = '0' * 64 }
assert result.exit != 0 && result.log.contains('Not reproduced: the environment is the same, but 1 of the files')
assert result.log.contains('methods/mskd/model.mskd: 000000000000... in the lock, ')
