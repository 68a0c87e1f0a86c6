import groovy.json.JsonSlurper
import java.util.zip.ZipFile

String log = new File(basedir, 'build.log').text
List<String> builds = log.split(/Scanning for projects/) as List
File models = new File(localRepositoryPath, 'org/example/sharing')
def card = { File model ->
  new ZipFile(model).withCloseable { new JsonSlurper().parse(it.getInputStream(it.getEntry('model.json'))) }
}
def same = { File one, File other -> one.bytes == other.bytes }

// Trained, scored and checked before the package; of teachers alone, with or without a test set.
assert builds[1] =~ /train-teachers[\s\S]*distill[\s\S]*run [\s\S]*package[\s\S]*install[\s\S]*deploy/
assert builds[1].contains('Skipped: <teachersOnly> is true, so there is no student to train.')
assert builds[1].contains('Rule met: dice of mean, teachers: at least 0')
assert builds[1].contains('Packaged teachers/liver as org.example.sharing:hospital-a:1: ')
assert builds[2].contains('No <testSet> is declared, so nothing was evaluated.')
File liver = new File(basedir, 'hospital-a/target/hospital-a-1.mskd')
assert card(liver).organs == ['liver']
assert same(liver, new File(models, 'hospital-a/1/hospital-a-1.mskd'))
assert same(liver, new File(basedir, 'deployed/org/example/sharing/hospital-a/1/hospital-a-1.mskd'))
assert new ZipFile(new File(models, 'hospital-a/1/hospital-a-1-report.zip')).withCloseable { it.getEntry('index.html') }
assert new File(models, 'hospital-b/1').list().findAll { it =~ /\.(mskd|zip)$/ } == ['hospital-b-1.mskd']

// The student knows where its teachers come from. Given teachers are not attached again.
def student = card(new File(models, 'student/1/student-1.mskd'))
assert student.organs == ['liver', 'spleen']
assert student.provenance['teacherArtifact.liver'] == 'org.example.sharing:hospital-a:1'
assert student.provenance['teacherArtifact.spleen'] == 'org.example.sharing:hospital-b:1'
assert new File(models, 'student/1').list().findAll { it.endsWith('.mskd') } == ['student-1.mskd']

assert card(new File(models, 'hospital-b/1/hospital-b-1.mskd')).preprocessing.sliceSize == 48
assert student.preprocessing.sliceSize == 32
// The package says where it comes from: its coordinates, its data as counts, its teachers by coordinates and digest.
assert student.publication.coordinates == 'org.example.sharing:student:1'
assert student.publication.teachers*.coordinates == ['org.example.sharing:hospital-a:1', 'org.example.sharing:hospital-b:1']
assert student.publication.teachers*.file == ['hospital-a', 'hospital-b'].collect {
  new File(models, "$it/1/$it-1.mskd").bytes.digest('SHA-256')
}
assert !new File(models, 'student/1/student-1.mskd').getText('ISO-8859-1').contains(basedir.path)

// From a module of the same build, which was not installed; the main artifact of a pom project stays the POM.
assert !new File(models, 'kidney').exists()
assert builds[4].contains('Packaged mskd as org.example.sharing:ordinary:mskd:mskd:1: ')
assert card(new File(basedir, 'reactor/ordinary/target/ordinary-1-mskd.mskd')).organs == ['liver', 'kidney']

// A second build packages what is there.
assert builds[5].count('everything is up to date') == 3
assert !builds[5].contains(': done in')

String plugin = 'org.mskd:mskd-maven-plugin:' +
  (new File(basedir, 'pom.xml').text =~ /<artifactId>mskd-maven-plugin<.artifactId>\s*<version>(.+?)</)[0][1]
folder = new File(basedir, 'without-pom')
folder.mkdirs()
File scans = new File(basedir, 'student/target/drawn/liver')
def startBuild = evaluate(new File(basedir, '../../../src/it/start.groovy'))
def build = { String... arguments ->
  File file = new File(basedir, 'builds.log')
  int code = startBuild(file, arguments).waitFor()
  new File(basedir, 'all-builds.log') << file.text
  [code, file.text]
}
String coordinates = '-Dmskd.model=org.example.sharing:student:1'

// By coordinates, in a folder with no POM.
def (int predicted, String prediction) = build("$plugin:predict", coordinates, "-Dmskd.input=$scans", '-Dmskd.output=predictions')
assert predicted == 0 : prediction
assert new File(folder, 'predictions').list().count { it.endsWith('.nii.gz') } == 2
def (int exported, String export) = build("$plugin:export", coordinates, '-Dmskd.exportCheck=false')
assert exported == 0 : export
assert new File(folder, 'export').list().any { it.endsWith('.onnx') }

// What it is and what it was made from.
def (int described, String description) = build("$plugin:describe", coordinates)
assert described == 0 : description
assert description =~ /org\.example\.sharing:hospital-b:1/ : description

// From the repository that was deployed to.
models.deleteDir()
folder = new File(basedir, 'consumer')
def (int absent, String absence) = build('mskd:status')
assert absent == 1 : absence
assert absence =~ /Maven is offline, and the local repository lacks the model org\.example\.sharing:hospital-a:1/ : absence
online = true
def (int resolved, String resolution) = build('mskd:resolve', 'mskd:status', '-Ddetail')
assert resolved == 0 : resolution
assert resolution =~ /fetched +[\d.]+ MiB  org\.example\.sharing:hospital-a:1/ : resolution
assert resolution =~ /teachers\/teacher 1\/artifact +org\.example\.sharing:hospital-a:1/ : resolution
assert resolution =~ /teacher liver \(given\): would run/ : resolution
def (int missing, String message) = build('mskd:status', '-Dteacher.version=2')
assert missing == 1 : message
assert message =~ /The model org\.example\.sharing:hospital-a:2 was not found in the local repository, .*shared \(file:/ : message
online = false
def (int offline, String status) = build('mskd:status')
assert offline == 0 : status
def (int again, String last) = build('mskd:predict', coordinates, "-Dmskd.input=$scans", '-Dmskd.output=predictions')
assert again == 1 : last // not fetched yet
online = true
def (int shared, String output) = build('mskd:predict', coordinates, "-Dmskd.input=$scans", '-Dmskd.output=predictions')
assert shared == 0 : output
[new File(folder, 'predictions'), new File(basedir, 'without-pom/predictions')].collect { predictions ->
  predictions.listFiles().findAll { it.name.endsWith('.nii.gz') }.sort().collect { it.bytes.digest('SHA-256') }
}.with { assert it[0] == it[1] }
true
