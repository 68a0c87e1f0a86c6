// Two JDKs by name, both that of this build.
def jdk = { String vendor, String version ->
  """<toolchain><type>jdk</type><provides><vendor>$vendor</vendor><version>$version</version></provides>
    <configuration><jdkHome>${System.getProperty('java.home')}</jdkHome></configuration></toolchain>"""
}
new File(basedir, 'toolchains.xml').text = '<toolchains>' + jdk('other', '16') +
  jdk('it', System.getProperty('java.specification.version')) + '</toolchains>'
true
