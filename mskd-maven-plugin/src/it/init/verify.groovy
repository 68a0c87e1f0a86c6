String log = new File(basedir, 'build.log').text
assert log =~ /pom\.xml exists already, and is not replaced\. Nothing was written\./
assert log.contains('-Dmskd.data belongs to the goal mskd:init alone.')

// As in the documentation: in an empty folder, without a POM.
String version = new groovy.xml.XmlSlurper().parse(new File(basedir, 'pom.xml')).build.plugins.plugin.version
String plugin = "org.mskd:mskd-maven-plugin:$version"
folder = new File(basedir, 'new experiment')
folder.mkdirs()
def startBuild = evaluate(new File(basedir, '../../../src/it/start.groovy'))
def build = { String name, Object... arguments ->
  File output = new File(basedir, name)
  int exit = startBuild(output, arguments*.toString() as String[]).waitFor()
  [exit: exit, log: output.text]
}

def missing = build('missing.log', "$plugin:init", '-Dmskd.data=../no-such-folder')
assert missing.exit != 0 && missing.log.contains('no-such-folder is missing.')
assert folder.list().length == 0

def written = build('init.log', "$plugin:init", '-Dmskd.data=../target/drawn')
assert written.exit == 0
assert written.log.contains('Organ liver: liver, 1 scan, label values 1.')
assert written.log.contains('Test set: multi-organ-test, 1 scan, label values 1 liver, 2 spleen.')
assert written.log.contains('Next: mvn mskd:check-data, then mvn mskd:run')
String pom = new File(folder, 'pom.xml').text
assert pom.contains("<version>$version</version>")
assert pom.contains('<ct>../target/drawn</ct>')
assert pom.contains('<sliceSize>48</sliceSize>')

// The written POM is an experiment.
def prepared = build('prepare.log', 'mskd:prepare')
assert prepared.exit == 0
['liver', 'spleen'].each {
  assert new File(folder, "target/mskd/prepared/$it").list().length > 0
}

// Not replaced the second time either.
def again = build('again.log', "$plugin:init", '-Dmskd.data=../target/drawn')
assert again.exit != 0
assert new File(folder, 'pom.xml').text == pom
