package org.mskd.code;

import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.Type;

/** The classes that names and descriptors of class files mention, by internal name. */
final class References {
  private References() {}

  /** Of a field's type or a method's parameters and result; a fresh set. */
  static Set<String> ofDescriptor(String descriptor) {
    return ofType(Type.getType(descriptor));
  }

  /** Of an operand that names a class or an array type. */
  static Set<String> ofInternalName(String name) {
    return ofType(Type.getObjectType(name));
  }

  static Set<String> ofType(Type type) {
    Set<String> names = new TreeSet<>();
    collect(type, names);
    return names;
  }

  private static void collect(Type type, Set<String> names) {
    switch (type.getSort()) {
      case Type.ARRAY -> collect(type.getElementType(), names);
      case Type.OBJECT -> names.add(type.getInternalName());
      case Type.METHOD -> {
        collect(type.getReturnType(), names);
        for (Type argument : type.getArgumentTypes()) {
          collect(argument, names);
        }
      }
      default -> {
        // A primitive type is no class.
      }
    }
  }
}
