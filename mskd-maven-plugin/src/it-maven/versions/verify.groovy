String log = new File(basedir, 'build.log').text
List<String> builds = log.split(/Scanning for projects/) as List
assert builds.size() == 5
// The Maven that ran is the one that was asked for, and not the outer build's.
assert log.contains("Apache Maven $mavenVersion")
assert new File(basedir, 'experiment/target/mskd/evaluation/metrics.json').text.contains('"mskd"')
assert new File(basedir, 'experiment/target/mskd/report/index.html').exists()
assert builds[1].contains('student mskd: done in')
assert new File(basedir, 'packaged/target/packaged-1.mskd').exists()
assert builds[1].contains('Packaged teachers/liver as org.example:packaged:1: ')
assert builds[2].contains('Done: everything is up to date.')
assert builds[3].contains('up to date')
assert builds[3].contains('mskd:cross-validate')
assert builds[3] =~ /datasets\/dataset 1\/organ +liver +\(pom\.xml, line 18\)/
assert builds[3] =~ /training\/iterationsPerEpoch +4 +\(<pluginManagement> of \.\.\/pom\.xml, line \d+\)/
assert builds[4] =~ /<dataset> 1 of <datasets> is a mixture of pom\.xml, line 20 and of \.\.\/experiment\/pom\.xml, line 18/
// Neither Maven nor the worker complains about the plugin.
String good = builds[0..3].join()
assert !good.contains('[ERROR]')
assert !(good =~ /(?m)^\[WARNING\].*mskd-maven-plugin/)
