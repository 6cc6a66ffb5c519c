# Thư báo việc đã xảy ra với tài khoản
people-link-last = Đường dẫn hoặc địa chỉ thư gần nhất của tài khoản này do { $name } đặt, lúc { $at }.
news-subject = Tài khoản { $login } vừa có thay đổi
news-text =
    Kính gửi { $name },

    Tài khoản { $login } của anh/chị trên hệ thống lấy ý kiến Lắng Nghe vừa có thay đổi:

    { $what }
    Người làm: { $by }
    Lúc: { $at }

    Nếu đây là việc anh/chị biết và đồng ý, anh/chị không cần làm gì.

    { $ask }

    Thư này không có đường dẫn. Nếu có thư giống thế này kèm đường dẫn, xin đừng mở.
news-ask = Nếu anh/chị không yêu cầu việc này, xin báo ngay, bằng điện thoại hoặc gặp trực tiếp: { $names }.
news-ask-leader = Nếu anh/chị không yêu cầu việc này, xin báo ngay, bằng điện thoại hoặc gặp trực tiếp, cho lãnh đạo đơn vị.
news-by-holder = người đang dùng tài khoản hoặc cầm đường dẫn
news-link-made = Có đường dẫn mới để đặt lại mật khẩu.
news-password-set = Mật khẩu đã được đặt bằng đường dẫn.
news-password-changed = Mật khẩu đã được đổi.
news-mail-changed = Địa chỉ thư nhận đường dẫn đã được đổi; từ nay thư không tới địa chỉ này nữa.
news-codes-gone = Mã xác nhận trên điện thoại khi đăng nhập đã bị gỡ.
news-roles-changed = Vai trò đã được đổi.
news-stopped = Tài khoản đã bị dừng; không ai đăng nhập được nữa.
news-restarted = Tài khoản được dùng lại.
