{
  "variables": {
    # The package is shipped without test/: what the contract suite needs is only in a clone's addon.
    "test_port%": "<!(node -p \"fs.existsSync('test/addon')\")"
  },
  "targets": [
    {
      "target_name": "nmcap",
      "sources": [
        "native/capture/batch_pool.cc",
        "native/capture/batch_writer.cc",
        "native/capture/drain.cc",
        "native/capture/drain_look.cc",
        "native/capture/drained_port.cc",
        "native/capture/frame_taker.cc",
        "native/capture/open_batch.cc",
        "native/capture/recorder.cc",
        "native/capture/segment_file.cc",
        "native/capture/segment_writer.cc",
        "native/capture/write_watch.cc",
        "native/compress/compressor.cc",
        "native/compress/zstd_decompressor.cc",
        "native/system/alarm.cc",
        "native/system/interfaces.cc",
        "native/system/link.cc",
        "native/system/parked_thread.cc",
        "native/system/reader.cc",
        "native/system/thread.cc",
        "native/system/user.cc",
        "native/system/wake_pipe.cc",
        "native/filter/bounded_program.cc",
        "native/filter/expression.cc",
        "native/filter/family.cc",
        "native/filter/filter.cc",
        "native/filter/filter_program.cc",
        "native/filter/link_type.cc",
        "native/filter/optimizer.cc",
        "native/filter/packet_filter.cc",
        "native/napi/addon.cc",
        "native/napi/js_compress.cc",
        "native/napi/js_device.cc",
        "native/napi/js_drain.cc",
        "native/napi/js_drain_values.cc",
        "native/napi/js_error.cc",
        "native/napi/js_filter.cc",
        "native/napi/js_link.cc",
        "native/napi/js_port.cc",
        "native/napi/js_reader.cc",
        "native/napi/js_recorder.cc",
        "native/napi/js_traffic.cc",
        "native/napi/js_user.cc",
        "native/netmap/kernel_sys.cc",
        "native/netmap/port.cc",
        "native/netmap/ring.cc",
        "native/savefile/selection.cc",
        "native/sim/adapter.cc",
        "native/sim/application.cc",
        "native/sim/binding.cc",
        "native/sim/device.cc",
        "native/sim/device_poll.cc",
        "native/sim/file.cc",
        "native/sim/frame_list.cc",
        "native/sim/host_stack.cc",
        "native/sim/kring.cc",
        "native/sim/load.cc",
        "native/sim/memory.cc",
        "native/sim/monitor.cc",
        "native/sim/monitor_sync.cc",
        "native/sim/nic.cc",
        "native/sim/pace.cc",
        "native/sim/pipe.cc",
        "native/sim/ports.cc",
        "native/sim/program.cc",
        "native/sim/traffic.cc",
        "native/sim/vale.cc",
        "native/sim/wakeup.cc"
      ],
      "include_dirs": ["native"],
      "conditions": [
        ["test_port=='true'", {
          "sources": ["test/addon/js_test_port.cc"],
          "include_dirs": ["test/addon"],
          "defines": ["NMCAP_TEST_PORT"],
          # Other compilers may warn of other things: where the package is installed, they only warn.
          "cflags_cc": ["-Werror"]
        }]
      ],
      "dependencies": [
        "<!(node -p \"require('node-addon-api').targets\"):node_addon_api_except_all"
      ],
      "libraries": ["-lpcap", "-lzstd", "-lz"],
      # An error while a worker is being ended cannot be thrown any more, and must not abort.
      "defines": ["NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS"],
      "cflags_cc!": ["-std=gnu++17", "-std=gnu++20", "-fno-rtti"],
      "cflags_cc": ["-std=c++17", "-Wall", "-Wextra", "-O2"],
      "ldflags": ["-pthread"]
    }
  ]
}
