{
  "targets": [
    {
      "target_name": "nmcap",
      "sources": [
        "native/addon.cc",
        "native/batch_pool.cc",
        "native/batch_writer.cc",
        "native/drain.cc",
        "native/filter.cc",
        "native/filter_program.cc",
        "native/js_device.cc",
        "native/js_drain.cc",
        "native/js_error.cc",
        "native/js_filter.cc",
        "native/js_port.cc",
        "native/js_traffic.cc",
        "native/kernel_sys.cc",
        "native/port.cc",
        "native/ring.cc",
        "native/selection.cc",
        "native/thread.cc",
        "native/wake_pipe.cc",
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
      "dependencies": [
        "<!(node -p \"require('node-addon-api').targets\"):node_addon_api_except"
      ],
      "libraries": ["-lpcap"],
      "cflags_cc!": ["-std=gnu++17", "-std=gnu++20", "-fno-rtti"],
      "cflags_cc": ["-std=c++17", "-Wall", "-Wextra", "-O2"],
      "ldflags": ["-pthread"]
    }
  ]
}
