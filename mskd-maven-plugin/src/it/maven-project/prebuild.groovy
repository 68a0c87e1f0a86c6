// The example as users get it, without the output of an earlier build.
File example = new File(basedir, '../../../../examples/maven-project').canonicalFile
example.eachFileRecurse(groovy.io.FileType.FILES) { file ->
  String path = example.toPath().relativize(file.toPath())
  if (!path.split('[\\\\/]').contains('target')) {
    File copy = new File(basedir, "project/$path")
    copy.parentFile.mkdirs()
    copy.bytes = file.bytes
  }
}
