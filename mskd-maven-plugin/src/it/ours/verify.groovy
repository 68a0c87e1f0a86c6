import java.nio.file.Files
import java.nio.file.attribute.PosixFilePermissions

File output = new File(basedir, 'target/mskd')
def startBuild = evaluate(new File(basedir, '../../../src/it/start.groovy'))
int builds = 0

/** Runs a build; gives its exit code and its log. */
def build = { String... arguments ->
  File log = new File(basedir, "build-${++builds}.log")
  int exit = startBuild(log, arguments).waitFor()
  [exit: exit, log: log.text]
}
def digests = { File folder, List<String> names ->
  def found = new TreeMap()
  names.each { name ->
    File top = new File(folder, name)
    if (top.exists()) {
      top.eachFileRecurse(groovy.io.FileType.FILES) {
        found[folder.toPath().relativize(it.toPath()).toString()] = it.bytes.digest('SHA-256')
      }
    }
  }
  found
}
List<String> results = ['prepared', 'teachers', 'stores', 'methods', 'evaluation', 'predictions', 'stages', 'kept']
def finished = digests(output, results)
assert finished.size() > 20

// The student as a given model: the scores of its experiment, of which nothing is changed.
def given = build('mskd:evaluate', '-Dmskd.model=target/mskd/methods/mskd/model.mskd')
assert given.exit == 0
assert digests(output, results) == finished
def models = { String folder ->
  new groovy.json.JsonSlurper().parse(new File(basedir, "target/$folder/evaluation/metrics.json")).models
}
assert models('mskd-evaluation') == models('mskd').findAll { it.name == 'mskd' }

// A backend that resolves and cannot be loaded: no finished result is changed.
File nd4j = new File(localRepositoryPath, 'org/nd4j/nd4j-native/1.0.0-M2.1')
File empty = new File(nd4j, 'nd4j-native-1.0.0-M2.1-empty.jar') // natives without any
empty.bytes = new File(nd4j, 'nd4j-native-1.0.0-M2.1.jar').bytes
def failed = build('mskd:run', '-Dmskd.backend=org.nd4j:nd4j-native:1.0.0-M2.1:empty')
assert failed.exit != 0
assert failed.log.contains('cannot be loaded here')
assert digests(output, results) == finished

// Files of the user in mskd's folders cause no training, and are kept.
List<File> strays = ['teachers/liver/.DS_Store', 'teachers/liver/notes.txt', 'prepared/liver/notes.txt', 'prepared/spleen/x.slices',
  'evaluation/notes.txt', 'predictions/mskd/mine.nii.gz', 'methods/mskd/paper.pdf', 'stages/notes.txt', 'mine/x']
  .collect { new File(output, it) }
strays.each {
  it.parentFile.mkdirs()
  it.text = 'mine'
}
def unchanged = build('mskd:run')
assert unchanged.exit == 0
assert unchanged.log.contains('Done: everything is up to date.')
assert !unchanged.log.contains('done in')

// Other threads: stages that run again report why; the old models are kept, and restored without training.
def fewer = build('mskd:run', '-Dmskd.threads=1')
assert fewer.exit == 0
assert fewer.log.contains('teacher liver: threads 2 -> 1: training starts at iteration 0')
assert fewer.log.contains('student mskd: threads 2 -> 1')
assert fewer.log.contains('prepare liver: up to date')
def back = build('mskd:run')
assert back.exit == 0
['teacher liver: threads 1 -> 2: finished with these inputs before, restored from', 'teacher spleen: threads 1 -> 2: finished',
 'student mskd: threads 1 -> 2'].each { assert back.log.contains(it) }
assert !(back.log =~ /(teacher|student) \w+: done in/)
finished.each { path, digest ->
  // By-products are those of the last training.
  assert path.endsWith('timings.json') || path.endsWith('training.ckpt') || path.startsWith('stages/') || new File(output, path).bytes.digest('SHA-256') == digest : path
}
strays.each { assert it.text == 'mine' : it }

// With more epochs training starts at iteration 0; without --keep the old model is removed.
def longer = build('mskd:train-teachers', '-Dmskd.epochs=3', '-Dmskd.keep=0')
assert longer.exit == 0
assert longer.log.contains('teacher liver: epochs 2 -> 3: training starts at iteration 0')
assert !new File(output, 'kept/teacher').exists()
assert longer.log.contains('Done: 2 stages run')

// The project's own folder, and any other that holds files, cannot be an output directory.
def mine = ['evaluation/notes.txt', 'predictions/mine.nii.gz', 'teachers/liver/paper.pdf'].collect { new File(basedir, it) }
mine.each {
  it.parentFile.mkdirs()
  it.text = 'mine'
}
[['-Dmskd.outputDirectory=.'], ['-Dmskd.outputDirectory=evaluation'], ['-Dmskd.outputDirectory=target/../teachers']].each {
  def refused = build('mskd:run', *it)
  assert refused.exit != 0
  assert refused.log.contains('is not marked as an output directory of mskd')
  assert refused.log.contains('Nothing was changed.')
}
mine.each { assert it.text == 'mine' : it }
assert !new File(basedir, '.mskd').exists() && !new File(basedir, 'logs').exists()

// Data where a stage writes, also behind a link; an output directory among images.
File data = new File(output, 'teachers/liver')
['imagesTr', 'labelsTr'].each { set ->
  new File(basedir, "target/drawn/liver/$set").eachFile {
    new File(data, set).mkdirs()
    Files.copy(it.toPath(), new File(data, "$set/${it.name}").toPath())
  }
}
def images = digests(data, ['imagesTr', 'labelsTr'])
assert images.size() == 4
Files.createSymbolicLink(new File(basedir, 'behind').toPath(), new File(output, 'teachers').toPath())
["-Dct=target/mskd/teachers", "-Dct=behind"].each {
  def refused = build('mskd:run', it)
  assert refused.exit != 0
  assert refused.log.contains('<dataset> liver, lies in <outputDirectory>')
  assert digests(data, ['imagesTr', 'labelsTr']) == images
}
def among = build('mskd:prepare', '-Dmskd.outputDirectory=target/drawn/spleen/imagesTr/out')
assert among.exit != 0
assert among.log.contains('the images of <dataset> spleen')
assert !new File(basedir, 'target/drawn/spleen/imagesTr/out').exists()

// Private files are removed with the run, and results have the permissions of the umask.
assert new File(output, '.runs').list().length == 0
assert !output.list().any { it.startsWith('request-') || it.startsWith('worker-') }
File plain = new File(basedir, 'plain')
plain.text = ''
assert PosixFilePermissions.toString(Files.getPosixFilePermissions(new File(output, 'teachers/liver/model.mskd').toPath())) ==
  PosixFilePermissions.toString(Files.getPosixFilePermissions(plain.toPath()))
