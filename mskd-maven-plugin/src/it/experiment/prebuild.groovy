// Two JDKs, of which the first is none; the other is that of this build.
def jdk = { String vendor, String version, String home ->
  """<toolchain><type>jdk</type><provides><vendor>$vendor</vendor><version>$version</version></provides>
    <configuration><jdkHome>$home</jdkHome></configuration></toolchain>"""
}
new File(basedir, 'toolchains.xml').text = '<toolchains>' + jdk('other', '21', '/none') +
  jdk('it', System.getProperty('java.specification.version'), System.getProperty('java.home')) + '</toolchains>'
true
