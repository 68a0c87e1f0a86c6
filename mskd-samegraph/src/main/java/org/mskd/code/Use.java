package org.mskd.code;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * How an instruction uses a class.
 *
 * @param kind how
 * @param type internal name of the class
 * @param member name and descriptor of the method; empty where no method is named
 */
record Use(Kind kind, String type, String member) {
  /** Ways of using a class. */
  enum Kind {
    /** Calls exactly this method, or the one that the class inherits. */
    CALL,
    /** Calls this method or one that overrides it. */
    DISPATCH,
    /** Makes an object. */
    CREATE,
    /** Uses a static field, so that the static initialiser runs. */
    INITIALISE,
    /** Names the class as a constant, so that anything in it may be used by reflection. */
    REFLECT
  }

  static Use of(Kind kind, String type) {
    return new Use(kind, type, "");
  }

  /** The use that a call instruction makes. */
  static Use ofCall(int opcode, String owner, String member) {
    boolean exact = opcode == Opcodes.INVOKESTATIC || opcode == Opcodes.INVOKESPECIAL;
    return new Use(exact ? Kind.CALL : Kind.DISPATCH, owner, member);
  }

  /** The use that a method reference makes; one to a constructor calls it. */
  static Use ofHandle(Handle handle) {
    boolean exact =
        handle.getTag() == Opcodes.H_INVOKESTATIC
            || handle.getTag() == Opcodes.H_INVOKESPECIAL
            || handle.getTag() == Opcodes.H_NEWINVOKESPECIAL;
    return new Use(
        exact ? Kind.CALL : Kind.DISPATCH, handle.getOwner(), handle.getName() + handle.getDesc());
  }

  /** The use that a class constant makes; an array counts as its elements. */
  static Use ofConstant(Type type) {
    Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
    return of(Kind.REFLECT, element.getSort() == Type.OBJECT ? element.getInternalName() : "");
  }
}
