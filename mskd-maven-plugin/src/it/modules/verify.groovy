String log = new File(basedir, 'build.log').text
List<String> builds = log.split(/Scanning for projects/) as List
assert builds.size() == 4

// One of the two modules waited for the other, reported it once, and then found all stages up to date.
assert builds[1].count(' is in use by process ') == 1
assert builds[1] =~ / is in use by process \d+[^\n]* \(goal train-teachers of module (?:first|second)\)/
assert builds[1].count(' is free after ') == 1
['teacher liver', 'teacher spleen'].each {
  assert builds[1].count("$it: done in") == 2
  assert builds[1].count("$it: up to date") == 1
  assert builds[2].contains("$it: done in")
  assert builds[3].contains("$it: done in")
}

// Side by side: the second began before the first was done, and the bits are the same.
int done = builds[2].indexOf(': done in', builds[2].indexOf('teacher liver: '))
assert builds[2].indexOf('teacher spleen: ') < done
assert builds[2].indexOf('teacher liver: ') < done
['liver', 'spleen'].each { organ ->
  ['model.mskd', 'history.jsonl'].each { name ->
    File beside = new File(basedir, "other/target/beside/teachers/$organ/$name")
    assert beside.bytes == new File(basedir, "other/target/one/teachers/$organ/$name").bytes
  }
}

// Both runs together leave no more files than one run.
['first/target/mskd', 'other/target/mskd', 'other/target/beside', 'other/target/one'].each { folder ->
  File output = new File(basedir, folder)
  assert output.list().findAll { it =~ /^(?:request|worker)-/ } == []
  assert new File(output, 'logs').list().sort() as List == ['stage-times.json', 'worker.log']
  assert !new File(output, '.owner.json').exists()
}
assert !new File(basedir, 'second/target').exists()
