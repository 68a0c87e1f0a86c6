String log = new File(basedir, 'build.log').text
File project = new File(basedir, 'project')
List<String> builds = log.split(/Scanning for projects/) as List

// Each goal ran in its default phase, and each execution whose results differ in a directory of its own.
String first = builds[1]
assert first =~ /train-teachers \(experiment\) @ two-organs[\s\S]*run \(experiment\) @ two-organs/
assert !first.contains('@ abdomen ---')
assert new File(project, 'two-organs/target').list().findAll { it.startsWith('mskd') } == ['mskd']
assert new File(project, 'three-organs/target').list().findAll { it.startsWith('mskd') }.sort() ==
    ['mskd-labels', 'mskd-no-labels']
assert first.count('student mskd: done in') == 3
assert first.contains('target/mskd-no-labels/report/index.html')

// None of them computed anything of another again. The file has no control characters but line ends.
String again = new File(basedir, 'again.log').text
assert again.count('student mskd: up to date') == 3
assert !again.contains(': done in')
assert !(again =~ /[\x00-\x08\x0b-\x1f]/)

// Each value with its place.
String detail = builds.find { it.contains('seed     ') }
assert detail.contains('Skipped: this module declares nothing for mskd:status.')
assert detail.contains('-Dmskd.site is no parameter of mskd.')
[
    /seed +7 +\(mskd\.seed of <properties>\)/,
    /training\/iterationsPerEpoch +10 +\(mskd\.iterationsPerEpoch of profile quick\)/,
    /training\/studentEpochs +8 +\(preset fast\)/,
    /training\/batchSize +4 +\(default\)/,
    /training\/learningRate +5e-3 +\(<pluginManagement> of \.\.\/pom\.xml, line \d+\)/,
    /datasets\/dataset 2\/organ +spleen +\(pom\.xml, line \d+\)/,
    /Execution labels has results of its own: mvn mskd:status@labels/,
].each { assert detail =~ it }

assert builds.find { it.contains('status (labels) @ three-organs') }.contains('14 up to date, 0 would run')
assert log.contains("There is no execution 'label' of mskd-maven-plugin. Declared are labels, no-labels.")
assert new File(basedir, 'quiet.log').length() == 0
assert log =~ /<dataset> 1 of <datasets> is a mixture of pom\.xml, line \d+ and of \.\.\/pom\.xml, line \d+/
assert log.contains('Write <datasets combine.self="override">')
