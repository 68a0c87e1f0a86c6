String log = new File(basedir, 'build.log').text

assert log.contains('<sead> in the <configuration> of mskd-maven-plugin is not known. Did you mean <seed>?')
assert log.contains('<dept> in <network> is not known. Did you mean <depth>?')
assert log.contains('<thraeds> in the <configuration> of execution nightly of mskd-maven-plugin')
assert log.contains('<seed> is ${nothing.defines.this}, and nothing defines ${nothing.defines.this}.')
assert log.contains('-Dmskd.epoch is not known. Did you mean -Dmskd.epochs?')
assert log.contains('-Dmskd.epochs is many. Allowed is a whole number')
assert log.contains('Skipped, because <skip> is true.')
assert log.contains('mskd:train-teachers')
assert log.contains('-Dmskd.methods names mskd-logit, which is not a method. Did you mean mskd-logits?')
assert log.contains('-Dmskd.overlap is both. Allowed is sum or winner')
assert log.contains('<featureWeight> of <method> 1 is -1. Allowed is a number of at least 0; change the element.')
assert log.contains('maskDownsampling')
// No work was started.
assert !new File(basedir, 'target').exists()
