//! The running program, as the vendor's machine runs it: killed, stopped, misconfigured, left alone.

mod crowd;
mod demo;
mod faults;
mod flood;
mod killed;
mod logs;
mod memory;
mod quiet;
mod secrets;
mod stopped;
