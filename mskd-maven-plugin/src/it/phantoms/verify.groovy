String log = new File(basedir, 'build.log').text

['liver/imagesTr', 'liver/labelsTr', 'spleen/imagesTr', 'multi-organ-test/labelsTs'].each {
  assert new File(basedir, "target/drawn/$it").list().length == 1
}
assert new File(basedir, 'target/mskd/prepared').list().length > 0
assert log.contains('prepare liver: done in')
assert log.contains('prepare liver: up to date')
// The check of the data shows a table and ends with the next goal.
assert log =~ /data sets?, \d+ scans?: 0 errors, /
assert log.contains('Next: mvn mskd:prepare')
assert new File(basedir, 'target/mskd/check-data/fingerprint.json').text.contains('"schema":1')
// The worker's error about the user's input is the build's error, in one line.
assert log =~ /Failed to execute goal .*no-such-folder/
// Output of native code and of logging is not in the build log.
assert new File(basedir, 'target/mskd/logs/worker.log').exists()
