String log = new File(basedir, 'build.log').text
assert log.contains('org.hospital:liver-teacher:1.2 is signed by F1EA796468389C3BEBF8A1CB0CCFB8710AEBCD77 (Hospital <models@hospital.example>).')
assert log.contains('organ           1 liver')
assert log.contains('org.hospital:liver-teacher:1.2 is signed by key F1EA796468389C3BEBF8A1CB0CCFB8710AEBCD77, which is none of <trustedKeys>')
assert log =~ /does not fit .*changed-1\.2\.mskd: one of both was changed or damaged/
assert log.contains('org.hospital:unsigned:1.2 has no signature, which <trustedKeys> require.')
assert !log.contains('Could not validate integrity')
