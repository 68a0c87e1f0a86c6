import java.nio.ByteBuffer
import java.nio.ByteOrder

/** A NIfTI-1 file of int16: a bright ball in a dark one. */
def write(File file, int size, int slices, Closure<Integer> voxel) {
  ByteBuffer bytes = ByteBuffer.allocate(352 + 2 * size * size * slices).order(ByteOrder.LITTLE_ENDIAN)
  bytes.putInt(0, 348)
  [3, size, size, slices, 1, 1, 1, 1].eachWithIndex { n, i -> bytes.putShort(40 + 2 * i, (short) n) }
  bytes.putShort(70, (short) 4).putShort(72, (short) 16)
  [1, 1.5, 1.5, 3].eachWithIndex { d, i -> bytes.putFloat(76 + 4 * i, (float) d) }
  bytes.putFloat(108, 352f).putFloat(112, 1f).put(123, (byte) 2).putShort(254, (short) 1)
  bytes.putFloat(280, 1.5f).putFloat(300, 1.5f).putFloat(320, 3f)
  bytes.put(344, 'n+1'.bytes)
  int at = 352
  for (z in 0..<slices) for (y in 0..<size) for (x in 0..<size) {
    double r = Math.sqrt((x - size / 2)**2 + (y - size / 2)**2 + (3 * (z - slices / 2))**2) / size
    bytes.putShort(at, (short) voxel(r, x + 7 * y + 11 * z))
    at += 2
  }
  file.parentFile.mkdirs()
  file.bytes = bytes.array()
}

[liver: ['first', 'second'], spleen: ['third', 'fourth']].each { organ, names ->
  for (name in names) {
    double radius = 0.15 + 0.01 * name.length()
    write(new File(basedir, "ct/$organ/imagesTr/${name}.nii"), 48, 8) { r, noise ->
      (r < radius ? 100 : r < 0.45 ? 0 : -1000) + (noise * name.hashCode()) % 13
    }
    write(new File(basedir, "ct/$organ/labelsTr/${name}.nii"), 48, 8) { r, noise -> r < radius ? 1 : 0 }
  }
}

// By the shell, in bytes: the locale of this JVM may support ASCII only.
def rename = 'for d in imagesTr labelsTr; do mv ct/liver/$d/first.nii "ct/liver/$d/$(printf "M\\303\\274ller_\\350\\202\\235").nii"; done'
assert ['sh', '-c', rename].execute((String[]) null, basedir).waitFor() == 0
true
