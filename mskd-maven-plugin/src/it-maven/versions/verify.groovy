String log = new File(basedir, 'build.log').text
List<String> builds = log.split(/Scanning for projects/) as List
assert builds.size() == 4
// The Maven that ran is the one that was asked for, and not the outer build's.
assert log.contains("Apache Maven $mavenVersion")
assert new File(basedir, 'experiment/target/mskd/evaluation/metrics.json').text.contains('"mskd"')
assert new File(basedir, 'experiment/target/mskd/report/index.html').exists()
assert builds[1].contains('student mskd: done in')
assert builds[2].contains('Done: everything is up to date.')
assert builds[3].contains('up to date')
assert builds[3].contains('mskd:cross-validate')
// Neither Maven nor the worker complains about the plugin.
assert !log.contains('[ERROR]')
assert !(log =~ /(?m)^\[WARNING\].*mskd-maven-plugin/)
