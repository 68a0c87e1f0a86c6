String log = new File(basedir, 'build.log').text

['liver/imagesTr', 'liver/labelsTr', 'spleen/imagesTr', 'multi-organ-test/labelsTs'].each {
  assert new File(basedir, "target/drawn/$it").list().length == 1
}
assert new File(basedir, 'target/mskd/prepared').list().length > 0
assert log.contains('prepare liver: done in')
assert log.contains('prepare liver: up to date')
// The worker's error about the user's input is the build's error, in one line.
assert log =~ /Failed to execute goal .*no-such-folder/
// Output of native code and of logging is not in the build log.
assert new File(basedir, 'target/mskd/logs/worker.log').exists()
