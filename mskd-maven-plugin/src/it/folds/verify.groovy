import groovy.json.JsonSlurper
import java.util.zip.ZipFile

String log = new File(basedir, 'build.log').text
File output = new File(basedir, 'target/mskd')
def json = { String file -> new JsonSlurper().parse(new File(output, file)) }
List<String> runs = log.split(/--- mskd(?:-maven-plugin)?:[^\n]*:(?:cross-validate|predict|distill)/) as List
assert runs.size() == 8

// One fold; the table is of its subjects alone.
assert runs[1].contains('Fold 1 alone, scored on the subjects that it holds out.')
assert runs[1].contains('teacher liver, fold 1: done')
assert !runs[1].contains('fold 2')

// The others are added, and no network is trained again.
assert runs[2].contains('Mean +/- sd over 3 folds: 1, 2, 3.')
assert runs[2].contains('student pann, fold 3: done')
assert !(runs[2] =~ /(teacher|student) \S+, fold 1: done/)
assert !(runs[2] =~ /prepare \S+: done/)
assert runs[3].contains('Mean +/- sd over 3 folds: 1, 2, 3.')
assert !(runs[3] =~ /: done in/)

// Each of the six subjects is held out once, and scored on both organs, as its multi-organ label annotates them.
def split = json('split/folds/split.json')
assert split.subjects*.fold.countBy { it } == [1: 2, 2: 2, 3: 2]
def metrics = json('cross-validation/metrics.json')
assert metrics.models*.name == ['teachers', 'mskd', 'pann']
metrics.models.each { model ->
  assert model.cases*.id.countBy { it }.values().every { it == 2 }
  assert model.cases*.id.unique().size() == 6
}
assert json('cross-validation/folds.json').folds == [1, 2, 3]
assert new File(output, 'folds/2/methods/mskd/history.csv').text.contains('dice.liver,dice.spleen')
assert runs[1] =~ /student mskd, fold 1: epoch 2 of 2, Dice on held-out subjects: liver 0\.\d{3}, spleen 0\.\d{3}/
assert new File(output, 'folds/1/organ-sizes/organ-sizes.json').exists()

// The networks are those of the preset and of the options beside it.
def card = { String model ->
  new ZipFile(new File(output, model + '/model.mskd')).withCloseable {
    new JsonSlurper().parse(it.getInputStream(it.getEntry('model.json')))
  }
}
def student = card('folds/2/methods/mskd')
assert [student.inputChannels, student.network.blocks, student.network.baseChannels] == [3, 'RESIDUAL', 4]
def options = new JsonSlurper().parseText(student.provenance.options)
assert [options.labelWeight, options.lossNormalization, options.backgroundWeight] == ['1', 'region', '16']
[student, card('folds/2/teachers/liver')].each {
  def training = new JsonSlurper().parseText(it.provenance.training)
  assert [training.annotatedFraction, training.weightAverage, training.warmupIterations] == [0.67, 0.999, 2]
  assert [training.schedule.type, training.augmentationKind, training.deepSupervision] == ['cosine', 'FULL', true]
}

assert runs[4].contains('an ensemble of 3 models, 3 passes per slice')
assert new File(basedir, 'target/predictions/test-001.nii.gz').exists()

assert runs[5] =~ /student mskd: epoch 2 of 2, Dice on held-out subjects: liver/
assert json('split/validation/split.json').subjects*.id == ['liver-002']

assert runs[6].contains('<onlyFolds> is 4. Allowed is a whole number from 1 to 3')
assert runs[7].contains('<validationSubjects> names liver-009, which no labelled data set has.')
assert !runs[6].contains('\tat org.mskd') && !runs[7].contains('\tat org.mskd')
true
