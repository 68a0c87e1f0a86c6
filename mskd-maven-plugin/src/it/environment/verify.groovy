String log = new File(basedir, 'build.log').text

assert log.contains('JAVA_TOOL_OPTIONS: -XX:+UseG1GC is not passed to the worker.')
assert log.contains('JDK_JAVA_OPTIONS: -Xmx400m is not passed to the worker.')
assert log.contains('student mskd: up to date')
assert log.contains('<outputDirectory> is \'target/M?ller\', which cannot be a path here')
assert log.contains('Use a UTF-8 locale, such as LC_ALL=C.UTF-8.')
assert log =~ /<nativesCache> \S+pom.xml cannot be used: \S+pom.xml is a file, not a folder\./
assert !log.contains('InvalidPathException')

// The first name of a folder in bytes, as this JVM's locale may support ASCII only.
def list = ['sh', '-c', 'ls target/mskd/prepared/liver | od -An -c'].execute((String[]) null, basedir).text
assert list.contains('303 274') && list.contains('350 202 235')
