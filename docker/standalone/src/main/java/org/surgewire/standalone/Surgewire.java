package org.surgewire.standalone;

final class Surgewire {}
