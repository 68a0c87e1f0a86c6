String log = new File(basedir, 'build.log').text
List<String> runs = log.split(/--- mskd(?:-maven-plugin)?:[^\n]*:(?:run|evaluate|check)/) as List
assert runs.size() == 5
File output = new File(basedir, 'target/mskd')

// Check first runs the stages that it needs.
assert runs[1].contains('metrics: done in')
assert runs[1].contains('Rule met: dice of liver, mskd: at least 0; is 0')
assert runs[1].contains('BUILD SUCCESS')

// All violations, then one failure; other rules run no stage again.
assert runs[2].contains('metrics: up to date')
assert runs[2].contains('2 of 3 rules are not met:')
assert runs[2].contains('dice of liver, mskd: at least 1; is 0')
assert runs[2].contains('dice of mean, mskd: better than teachers by at least 1; is ')
assert runs[2].contains('Rule met: dice of mean, mskd: at least 0; is 0')
assert runs[2].contains('BUILD FAILURE')

// The scores stay, and CI servers find the rules as tests.
assert new File(output, 'evaluation/metrics.json').isFile()
def suite = new groovy.xml.XmlSlurper().parse(new File(output, 'check/TEST-mskd.check.xml'))
assert suite.@tests == '3' && suite.@failures == '2'
assert suite.testcase.collect { it.failure.size() } == [1, 0, 1]

// The goal evaluate checks no rules.
assert runs[3].contains('BUILD SUCCESS')
assert runs[4].contains('<rules> is missing, so there is nothing to check.')
