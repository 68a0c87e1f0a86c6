import groovy.json.JsonSlurper

String log = new File(basedir, 'build.log').text
File output = new File(basedir, 'target/mskd')
File given = new File(basedir, 'target/given')
def json = { File file -> new JsonSlurper().parse(file) }
def history = { File folder, String method ->
  new File(folder, "methods/$method/history.jsonl").readLines().collect { new JsonSlurper().parseText(it) }
}
List<String> runs = log.split(/--- mskd(?:-maven-plugin)?:[^\n]*:(?:run|evaluate|distill)/) as List
assert runs.size() == 6

// One row per method, in the order of the property.
def metrics = json(new File(output, 'evaluation/metrics.json'))
assert metrics.models*.name == ['teachers', 'mskd-no-sort', 'mskd-logits', 'labelled', 'mskd']
assert metrics.models*.passes == [2, 1, 1, 1, 1]
metrics.models*.name.each {
  assert new File(output, "predictions/$it").list().length == 1
}

// First the teachers and the POM's three; then the one that was missing, and nothing else.
['teacher liver', 'teacher spleen', 'student mskd', 'student mskd-logits', 'student labelled'].each {
  assert runs[1].contains("$it: done in")
  assert runs[2].contains("$it: up to date")
}
assert !runs[1].contains('student mskd-no-sort')
assert runs[2].contains('student mskd-no-sort: done in')
assert runs[2].contains('metrics: done in')

// Each loss has exactly the configured terms.
List<String> logits = ['logit.background', 'logit.liver', 'logit.spleen']
Map<String, List<String>> terms = [
  'mskd-logits' : logits,
  'mskd'        : logits + ['feature.liver.level1', 'feature.spleen.level1'],
  'mskd-no-sort': logits + ['feature.liver.level1', 'feature.spleen.level1'],
  'labelled'    : logits + ['feature.liver.level0', 'feature.spleen.level0', 'feature.liver.level2',
                            'feature.spleen.level2', 'label.crossEntropy', 'label.diceLoss'],
]
terms.each { method, names ->
  def lines = history(output, method)
  assert lines.size() == 10
  lines.each {
    assert it.terms.keySet() == names as Set
    assert it.loss > 0 && it.gradientNorm > 0 && it.learningRate == 3e-4
  }
}

// All start from the same weights and get the same batch: before the first step their logit terms are the same.
assert history(output, 'mskd')[0].terms.subMap(logits) == history(output, 'mskd-logits')[0].terms
assert history(output, 'mskd')[0].terms.subMap(logits) == history(output, 'mskd-no-sort')[0].terms.subMap(logits)
assert history(output, 'mskd')[9].loss != history(output, 'mskd-no-sort')[9].loss

// Given teachers are unchanged and give the same outputs; no labels were needed.
['liver', 'spleen'].each {
  assert runs[3].contains("teacher $it (given): done in")
  assert new File(given, "teachers/$it/model.mskd").bytes == new File(output, "teachers/$it/model.mskd").bytes
}
assert runs[3].contains('foreground index archive: done in')
assert runs[3].contains('student mskd: done in')
def fromFiles = json(new File(given, 'evaluation/metrics.json'))
assert fromFiles.models*.name == ['teachers', 'mskd']
assert fromFiles.models[0] == metrics.models[0]
assert history(given, 'mskd').size() == 10
// Settings that are not given are the teachers': slices of 32, patches of 16, 4 channels, depth 2.
def card = { File folder ->
  def zip = new java.util.zip.ZipFile(new File(folder, 'methods/mskd/model.mskd'))
  try {
    zip.getInputStream(zip.getEntry('model.json')).withCloseable { new JsonSlurper().parse(it) }
  } finally {
    zip.close()
  }
}
['preprocessing', 'network', 'inputSize'].each {
  assert card(given)[it] == card(output)[it]
}
assert card(given).preprocessing.sliceSize == 32
assert card(given).inputSize == 16

// A teacher of another organ ends the build with one message, and so do teachers of patches of other slices: they are
// no longer those of the student, and tiled over whole slices they have no features to compare.
assert runs[4] =~ /Failed to execute goal .*model\.mskd is given as the teacher of liver, but is one of spleen\./
assert runs[5] =~ /Failed to execute goal .*compares features, .*that of liver has patchSize 16 \(slices: 32\)/
