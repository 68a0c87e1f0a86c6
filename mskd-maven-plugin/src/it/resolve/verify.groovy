import com.sun.net.httpserver.HttpServer
import java.util.concurrent.Executors

String log = new File(basedir, 'build.log').text
assert log =~ /Maven is offline, and the local repository lacks org\.example:nowhere:1\. Run mvn mskd:resolve once without -o/

// The local repository of these builds behind a password.
def expected = 'Basic ' + 'builder:s3cret'.bytes.encodeBase64()
System.setProperty('sun.net.httpserver.nodelay', 'true') // otherwise 40 ms for each answer
def server = HttpServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)
server.executor = Executors.newCachedThreadPool()
server.createContext('/') { exchange ->
  File file = new File(localRepositoryPath, exchange.requestURI.path)
  if (exchange.requestHeaders.getFirst('Authorization') != expected) {
    exchange.responseHeaders.add('WWW-Authenticate', 'Basic realm="repository"')
    exchange.sendResponseHeaders(401, -1)
  } else if (!file.isFile()) {
    exchange.sendResponseHeaders(404, -1)
  } else if (exchange.requestMethod == 'HEAD') {
    exchange.sendResponseHeaders(200, -1)
  } else {
    exchange.sendResponseHeaders(200, file.length())
    file.withInputStream { it.transferTo(exchange.responseBody) }
  }
  exchange.close()
}
server.start()

// A mirror of everything, with the id of the repository that the shared local repository records for its files.
def settings = { String name, String servers ->
  File file = new File(basedir, name)
  file.text = new File(basedir, '../../../src/it/settings.xml').text
    .replace('@localRepositoryUrl@', 'http://repository.invalid/')
    .replace('<enabled>true</enabled>', '<enabled>true</enabled><checksumPolicy>ignore</checksumPolicy>')
    .replace('<profiles>', """<mirrors><mirror><id>local.central</id><mirrorOf>*</mirrorOf>
      <url>http://127.0.0.1:${server.address.port}/</url></mirror></mirrors>$servers<profiles>""")
  file.path
}
String unknown = settings('without-password.xml', '')
String known = settings('with-password.xml', '''<servers><server>
  <id>local.central</id><username>builder</username><password>s3cret</password></server></servers>''')

File folder = new File(basedir, 'without-pom')
folder.mkdirs()
def build = { File repository, String... arguments ->
  File file = new File(basedir, 'builds.log')
  def maven = new ProcessBuilder([System.getProperty('maven.home') + '/bin/mvn', '-B',
    "-Dmaven.repo.local=$repository", *arguments]*.toString())
  maven.environment().MAVEN_OPTS = jvmOptions
  def process = maven.directory(folder).redirectErrorStream(true).redirectOutput(file).start()
  [process.waitFor(), file.text]
}
String goal = "org.mskd:mskd-maven-plugin:${(new File(basedir, 'pom.xml').text =~ /<artifactId>mskd-maven-plugin<.artifactId>\s*<version>(.+?)</)[0][1]}:resolve"
File empty = new File(basedir, 'repository')
try {
  def (int refused, String refusal) = build(localRepositoryPath, '-s', unknown, goal, '-Dmskd.backend=org.example:nowhere:1')
  assert refused == 1 : refusal
  assert refusal =~ /The repository local\.central \(http:\S+\) refused access to org\.example:nowhere:1/ : refusal
  assert refusal.contains('Add a <server> with <id>local.central</id>') : refusal

  def (int code, String fetched) = build(empty, '-s', known, goal)
  assert code == 0 : fetched
  assert fetched =~ /fetched +[\d.]+ MiB  org\.nd4j:nd4j-native:\S+:\S+-/ : fetched
  assert fetched =~ /fetched +[\d.]+ MiB  com\.microsoft\.onnxruntime:onnxruntime:/ : fetched
  assert fetched =~ /Done: \d+ jars \(\S+ MiB\), [1-9]\d* of them fetched/ : fetched

  // With what was fetched, and nothing else.
  def (int again, String offline) = build(empty, '-s', known, '-o', goal)
  assert again == 0 : offline
  assert offline =~ /Done: \d+ jars \(\S+ MiB\), 0 of them fetched \(0\.0 MiB\)\. Goals of mskd now run with -o\./ : offline
} finally {
  server.stop(0)
  server.executor.shutdown()
  empty.deleteDir()
}
true
