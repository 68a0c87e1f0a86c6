// The example as users find it, without what a build of it may have left.
File example = new File(basedir, '../../../../examples/own-method').canonicalFile
example.eachFileRecurse(groovy.io.FileType.FILES) { file ->
  String path = example.toPath().relativize(file.toPath())
  if (!path.split('[\\\\/]').contains('target')) {
    File copy = new File(basedir, "own-method/$path")
    copy.parentFile.mkdirs()
    copy.bytes = file.bytes
  }
}
