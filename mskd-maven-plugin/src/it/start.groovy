// For scripts that start builds of their project: gives a closure that starts one, with its output in a file, as the
// invoker does. It runs in the folder of the project, or in the variable folder of the script, if it has one; offline,
// unless the script's variable online is true.
File settings = new File(basedir, 'build-settings.xml')
settings.text = new File(basedir, '../../../src/it/settings.xml').text
  .replace('@localRepositoryUrl@', localRepositoryPath.toURI().toString())
return { File log, String... arguments ->
  def maven = new ProcessBuilder([System.getProperty('maven.home') + '/bin/mvn', '-B', '-s', settings.path,
    *(binding.hasVariable('online') && online ? [] : ['-o']), "-Dmaven.repo.local=$localRepositoryPath",
    "-Dmskd.argLine=$jvmOptions", *arguments]*.toString())
  maven.environment().MAVEN_OPTS = jvmOptions
  maven.directory(binding.hasVariable('folder') ? folder : basedir)
  maven.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.to(log)).start()
}
