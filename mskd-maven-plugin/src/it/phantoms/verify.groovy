String log = new File(basedir, 'build.log').text

['liver/imagesTr', 'liver/labelsTr', 'spleen/imagesTr', 'multi-organ-test/labelsTs'].each {
  assert new File(basedir, "target/drawn/$it").list().length == 1
}
assert new File(basedir, 'target/mskd/prepared').list().length > 0
assert log.contains('prepare liver: done in')
assert log.contains('prepare liver: up to date')
// The worker's complaint about the user's input arrives as the build's, in one line.
assert log =~ /Failed to execute goal .*no-such-folder/
// What native code and logging print stays out of the build log.
assert new File(basedir, 'target/mskd/logs/worker.log').exists()
