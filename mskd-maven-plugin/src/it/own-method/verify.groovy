import groovy.json.JsonSlurper

String log = new File(basedir, 'build.log').text
File output = new File(basedir, 'own-method/experiment/target/mskd')
List<String> runs = log.split(/--- mskd(?:-maven-plugin)?:[^\n]*:(?:run|status)/) as List
assert runs.size() == 4

// The method of the jar is a row of the table, and its option is an input of its stage.
def metrics = new JsonSlurper().parse(new File(output, 'evaluation/metrics.json'))
assert metrics.models*.name == ['teachers', 'entropy-marginal', 'marginal']
def stamp = new JsonSlurper().parse(new File(output, 'stages/student/entropy-marginal.json'))
assert stamp.inputs.method == 'entropy-marginal'
assert stamp.inputs.options.contains('"entropyWeight":"0.05"')

// Its history has its own term; each of 3 classes has at most log 3 of entropy.
def lines = new File(output, 'methods/entropy-marginal/history.jsonl').readLines()
    .collect { new JsonSlurper().parseText(it) }
assert lines.size() == 100
assert lines*.terms*.keySet().unique() == [['crossEntropy', 'diceLoss', 'entropy'] as Set]
assert lines.every { it.terms.entropy > 0 && it.terms.entropy <= Math.log(3) + 1e-4 }
assert lines.every {
  Math.abs(it.terms.crossEntropy + it.terms.diceLoss + 0.05 * it.terms.entropy - it.loss) < 1e-4
}
assert new File(output, 'methods/entropy-marginal/model.mskd').bytes
    != new File(output, 'methods/marginal/model.mskd').bytes

// The second run had nothing to do, and loads no tensors.
assert runs[2].contains('student entropy-marginal: up to date')
assert runs[2].contains('everything is up to date')
assert runs[3].contains('-Dmskd.entropy-marginal.entropyWeight is -1. Allowed is a number of at least 0')
true
